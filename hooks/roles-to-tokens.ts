import { claimNamespace, policy } from "#policy";

/** Puts the names of the user's roles into both tokens, as the claim `<namespace>roles`. */
export default policy({
  name: "roles-to-tokens",
  on: ["login"],
  settings: { namespace: claimNamespace() },
  run({ event, api, settings }) {
    const claim = `${settings.namespace}roles`;
    api.idToken.setCustomClaim(claim, event.authorization.roles);
    api.accessToken.setCustomClaim(claim, event.authorization.roles);
  },
});
