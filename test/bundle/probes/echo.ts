import { policy, text } from "#policy";

/** Gives back all it can see, by all the ways there are. */
export default policy({
  name: "echo",
  on: ["preUserRegistration", "postUserRegistration", "credentialsExchange", "login"],
  settings: { word: text() },
  uses: ["users.roles.assign"],
  async run({ flow, event, api, settings, management }) {
    const seen = JSON.parse(JSON.stringify({ event, word: settings.word }));
    if (flow === "preUserRegistration") {
      api.user.setAppMetadata("seen", seen);
      api.user.setUserMetadata("color", "blue");
    } else if (flow === "postUserRegistration") {
      await management("users.roles.assign", { id: event.user.user_id, roles: [seen] });
    } else if (flow === "credentialsExchange") {
      api.accessToken.setCustomClaim("https://claims.test/seen", seen);
    } else {
      api.accessToken.setCustomClaim("https://claims.test/seen", seen);
      api.idToken.setCustomClaim("https://claims.test/word", settings.word);
      api.user.setAppMetadata("color", "red");
      api.user.setAppMetadata("size", null);
      api.user.setUserMetadata("color", "blue");
    }
  },
});
