// Made by "npm run generate" of rbac/ and Pulumi.yaml: what policies and flows may name.
declare module "#policy" {
  interface Catalogue {
    client: "back-office" | "billing-worker" | "policies" | "shop";
    role: "accountant" | "customer" | "finance-lead" | "support-agent" | "support-lead" | "warehouse-clerk";
    scope: {
      billing:
        | "create:invoices"
        | "read:invoices"
        | "read:own-invoices"
        | "read:payouts"
        | "update:invoices"
        | "void:invoices";
      orders:
        | "cancel:own-orders"
        | "create:own-orders"
        | "fulfill:orders"
        | "read:orders"
        | "read:own-orders"
        | "refund:orders"
        | "update:orders";
      support:
        | "assign:tickets"
        | "create:own-tickets"
        | "delete:tickets"
        | "read:own-tickets"
        | "read:tickets"
        | "reply:tickets";
    };
    secret: never;
    stage: "claimNamespace" | "domain";
  }
}

export {};
