// Estates as small as a test can do with: the engine needs about a third of the shipped estate's time for them.

/** Files of a checkout, by path. */
export type Files = Readonly<Record<string, string>>;

/** Two APIs, two roles that share a permission, one machine; no policies. */
export const smallEstate: Files = {
  "rbac/apis/orders.yaml": `identifier: https://orders.\${domain}/
scopes:
  read:orders: See orders
  create:orders: Place orders
  refund:orders: Give money back
`,
  "rbac/apis/reports.yaml": `identifier: https://reports.\${domain}/
scopes:
  read:reports: See reports
`,
  "rbac/roles/clerk.yaml": `name: Clerk
description: Takes orders
permissions:
  orders:
    - read:orders
    - create:orders
`,
  "rbac/roles/lead.yaml": `name: Lead
description: Answers for orders
permissions:
  orders:
    - read:orders
    - refund:orders
`,
  "rbac/clients/worker.yaml": `name: Worker
description: Reads orders at night, not the claims of \${claimNamespace}
type: machine
grants:
  orders: [read:orders]
`,
  "hooks/flows.ts": 'import { flows } from "#policy";\n\nexport default flows({});\n',
};

/** One API, the default role, a shop that people log in to, and the policies' client; the shipped policies stay. */
export const estateWithPolicies: Files = {
  "rbac/apis/orders.yaml": `identifier: https://orders.\${domain}/
scopes:
  read:own-orders: See one's own orders
  create:own-orders: Place an order for oneself
`,
  "rbac/roles/customer.yaml": `name: Customer
description: Shops
permissions:
  orders: [read:own-orders]
`,
  "rbac/clients/shop.yaml": `name: Shop
description: Where customers buy
type: spa
callbacks: ["https://shop.\${domain}/callback"]
connections: [Username-Password-Authentication, google-oauth2]
`,
  "rbac/clients/policies.yaml": `name: Policies
description: Calls the Management API
type: machine
grants:
  management: from-policies
`,
};
