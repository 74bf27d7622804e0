// What estates are named after.

/** Parts of a company; each may have an API, or one for each of its regions. */
export const areas = [
  ...[
    "orders",
    "billing",
    "support",
    "catalogue",
    "shipping",
    "returns",
    "pricing",
    "warehouse",
    "customers",
  ],
  ...[
    "loyalty",
    "payments",
    "payouts",
    "fraud",
    "reports",
    "marketing",
    "campaigns",
    "suppliers",
    "contracts",
  ],
  ...["payroll", "recruiting", "training", "facilities", "fleet", "tickets", "search", "reviews", "vouchers"],
  ...["subscriptions", "translations", "media", "consents", "audits", "forecasts", "procurement", "quality"],
  ...["maintenance", "tracking", "tenders", "claims", "archive"],
];

/** What an API keeps, within its area. */
export const things = [
  ...[
    "items",
    "drafts",
    "notes",
    "files",
    "comments",
    "exports",
    "templates",
    "settings",
    "members",
    "limits",
  ],
  ...["events", "labels", "rules", "schedules", "summaries", "accounts", "balances", "requests", "approvals"],
  ...["batches"],
];

/** What can be done with a thing, from harmless to grave. */
export const verbs = ["read", "list", "create", "update", "share", "approve", "export", "delete"];

/** What people are in an area. */
export const posts = ["clerk", "agent", "analyst", "planner", "auditor", "manager", "lead", "director"];

/** Where a large company has its people. */
export const regions = ["north", "south", "east", "west", "central", "overseas"];
