import { policy } from "#policy";

/**
 * Leaves a machine's token the scopes in its client's metadata `token_scopes`, with blanks or commas between, of those it is
 * granted. A client without the list keeps all. Actions cannot take scopes away: there the exchange is denied.
 */
export default policy({
  name: "narrow-machine-scopes",
  on: ["credentialsExchange"],
  settings: {},
  run({ event, api }) {
    const listed = event.client.metadata.token_scopes;
    if (listed === undefined) return;
    const kept = listed.split(/[\s,]+/);
    for (const scope of event.accessToken.scope) {
      if (!kept.includes(scope)) api.accessToken.removeScope(scope);
    }
  },
});
