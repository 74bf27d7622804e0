import { policy } from "#policy";

/** Reads the user twice and assigns a role. */
export default policy({
  name: "call",
  on: ["login"],
  settings: {},
  uses: ["users.get", "users.roles.assign"],
  async run({ event, api, management }) {
    const { user_id: id } = event.user;
    const user = await management("users.get", { id });
    api.idToken.setCustomClaim("https://claims.test/email", user.email);
    await management("users.roles.assign", { id, roles: ["rol_1"] });
  },
});
