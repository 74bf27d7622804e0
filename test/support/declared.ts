// Estates written as the files of rbac/, compiled with flows that only turn groups into roles: for tests of what is computed from them.
import { parse, resolve } from "../../src/compile/index.ts";
import type { AccessModel } from "../../src/model/access-model.ts";
import type { Declarations } from "../../src/model/declarations.ts";
import { flowsForGroups } from "./models.ts";

/** The declarations of the files, by path below rbac/ without `.yaml`, and what they mean. A file that is wrong throws. */
export function declared(files: Readonly<Record<string, string>>): {
  readonly declarations: Declarations;
  readonly model: AccessModel;
} {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `rbac/${path}.yaml`, text }));
  const parsed = parse(sources);
  const resolved = resolve(parsed.value, flowsForGroups, []);
  const wrong = [...parsed.diagnostics, ...resolved.diagnostics].find(({ severity }) => severity === "error");
  if (wrong) throw new Error(`${wrong.at.file}: ${wrong.message}`);
  return { declarations: parsed.value, model: resolved.value };
}

/** Two APIs; roles that include one another; groups around groups, in tokens and stored; a machine and a shop. */
export const officeFiles: Readonly<Record<string, string>> = {
  "apis/billing": `name: Billing
identifier: https://billing.example.com/
scopes:
  read:invoices: See invoices
  void:invoices: Declare an invoice void
`,
  "apis/orders": `name: Orders
identifier: https://orders.example.com/
scopes:
  read:orders: See orders
  update:orders: Change orders
  refund:orders: Give money back
  archive:orders: Put old orders away
`,
  "roles/clerk": `name: Clerk
owner: team-orders
permissions:
  orders: ["read:*", update:orders]
`,
  "roles/lead": `name: Lead
includes: [clerk]
permissions:
  orders: [read:orders, refund:orders]
`,
  "roles/director": `name: Director
includes: [lead, accountant]
`,
  "roles/accountant": `name: Accountant
permissions:
  billing: ["*"]
`,
  "groups/employees": `name: Employees
roles: [clerk]
delivery: stored
`,
  "groups/finance": `name: Finance
roles: [accountant]
within: [employees]
`,
  "groups/auditors": `name: Auditors
within: [finance]
`,
  "clients/worker": `name: Worker
type: machine
grants:
  orders: [read:orders, archive:orders]
`,
  "clients/shop": `name: Shop
type: spa
callbacks: ["https://shop.example.com/callback"]
`,
};
