import { policy, text } from "#policy";

/** Fails in the way the setting says, after asking for changes that must not happen. */
export default policy({
  name: "misbehave",
  on: ["preUserRegistration", "postUserRegistration", "credentialsExchange", "login"],
  settings: { how: text() },
  uses: ["users.get"],
  async run({ flow, api, settings, management }) {
    if (flow === "login") api.user.setAppMetadata("changed", true);
    if (settings.how === "throw") throw new Error("on purpose");
    if (settings.how === "throw a text") throw "on purpose";
    if (settings.how === "never end") await new Promise(() => undefined);
    if (settings.how === "call what it may not") {
      await (management as (operation: string, input: object) => Promise<unknown>)("users.roles.assign", {});
    }
    if (settings.how === "deny") {
      if (flow === "preUserRegistration") api.access.deny("on purpose", "Not you");
      else if (flow === "credentialsExchange") api.access.deny("invalid_scope", "on purpose");
      else if (flow === "login") api.access.deny("on purpose");
      else throw new Error("on purpose");
    }
  },
});
