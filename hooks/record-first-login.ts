import { policy } from "#policy";

/** Keeps the time of the first login as `app_metadata.firstLoginDateTime`, in ISO 8601, once. */
export default policy({
  name: "record-first-login",
  on: ["login"],
  settings: {},
  run({ event, api }) {
    if (event.user.app_metadata.firstLoginDateTime !== undefined) return;
    api.user.setAppMetadata("firstLoginDateTime", new Date().toISOString());
  },
});
