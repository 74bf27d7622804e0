import narrowMachineScopes from "../../../hooks/narrow-machine-scopes.ts";
import { adapted, table } from "../cases.ts";

const accessToken = { scope: ["read:orders", "update:orders", "read:invoices"] };
const without = (scopes: string) => ({
  action: {
    because: "actions cannot take scopes away",
    out: { denied: `without ${scopes}, which actions cannot take away` },
  },
});

export default table({
  policy: "narrow-machine-scopes",
  flow: "credentialsExchange",
  steps: [["narrow-machine-scopes", narrowMachineScopes({})]],
  cases: [
    {
      who: "a machine of a client without a list keeps all that it is granted",
      comes: { accessToken },
      out: {},
    },
    {
      who: "a machine of a client with a list keeps what is in it",
      comes: { accessToken, client: { metadata: { token_scopes: "read:orders read:invoices" } } },
      out: { scopes: ["read:orders", "read:invoices"] },
      differs: without("update:orders"),
    },
    {
      who: "a list may have commas and more blanks",
      comes: { accessToken, client: { metadata: { token_scopes: " read:orders,\n  update:orders " } } },
      out: { scopes: ["read:orders", "update:orders"] },
      differs: without("read:invoices"),
    },
    {
      who: "a list of more than is granted gives no more",
      comes: {
        accessToken: { scope: ["read:orders"] },
        client: { metadata: { token_scopes: "read:orders delete:orders" } },
      },
      out: {},
    },
    {
      who: "an empty list leaves nothing",
      comes: { accessToken: { scope: ["read:orders"] }, client: { metadata: { token_scopes: "" } } },
      out: { scopes: [] },
      differs: without("read:orders"),
    },
    {
      who: "a scope that is only like one in the list goes",
      comes: {
        accessToken: { scope: ["read:orders"] },
        client: { metadata: { token_scopes: "READ:orders read:order" } },
      },
      out: { scopes: [] },
      differs: without("read:orders"),
    },
    {
      who: "a machine without any scope is left alone",
      comes: { accessToken: { scope: [] }, client: { metadata: { token_scopes: "read:orders" } } },
      out: {},
    },
    {
      who: "a list that is no text restricts all the same",
      comes: {
        accessToken: { scope: ["read:orders", "update:orders"] },
        client: { metadata: { token_scopes: ["read:orders"] as never } },
      },
      out: { scopes: ["read:orders"] },
      differs: { ...adapted, ...without("update:orders") },
    },
  ],
});
