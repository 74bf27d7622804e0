import { claimNamespace, policy } from "#policy";

/** Puts the plan of a machine's owner, its client's metadata `plan`, into the token, as the claim `<namespace>plan`. */
export default policy({
  name: "add-plan-claim",
  on: ["credentialsExchange"],
  settings: { namespace: claimNamespace() },
  run({ event, api, settings }) {
    const { plan } = event.client.metadata;
    if (plan) api.accessToken.setCustomClaim(`${settings.namespace}plan`, plan);
  },
});
