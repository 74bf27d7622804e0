import { policy, texts } from "#policy";

/**
 * Lets in only who has an e-mail address in one of these domains; domains below them are others. Logins are looked at, too,
 * since social users never pass a registration: there the address must be verified, or anybody could claim it.
 */
export default policy({
  name: "allow-email-domains",
  on: ["preUserRegistration", "login"],
  settings: { domains: texts() },
  grants: ["domains"],
  run({ flow, event, api, settings }) {
    const email = event.user.email ?? "";
    const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
    const isAllowed = email.includes("@") && settings.domains.some((each) => each.toLowerCase() === domain);
    const message = "This application is for addresses of its company and partners only";
    if (flow === "preUserRegistration") {
      if (!isAllowed) api.access.deny("e-mail domain not allowed", message);
    } else if (!isAllowed) {
      api.access.deny(message);
    } else if (event.user.email_verified !== true) {
      api.access.deny("Verify your e-mail address first, then log in again");
    }
  },
});
