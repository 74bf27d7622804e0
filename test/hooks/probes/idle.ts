import { policy } from "#policy";

/** Does nothing: what is left of a bundle is the lane's. */
export default policy({
  name: "idle",
  on: ["preUserRegistration", "postUserRegistration", "credentialsExchange", "login"],
  settings: {},
  run: () => undefined,
});
