// What editors say about each key of rbac/. A step `[]` of a path is any item of a list, `*` the value of any key.

type Texts = Readonly<Record<string, string>>;

const description = "For people who read it in the dashboard; `${name}` stands for a stage value.";

const declared: Texts = {
  owner: "Who has to look at a change.",
  formerly: "Keys it had before: a renamed file stays the same thing in Auth0.",
  retired: "Lifts the protection at the next `pulumi up`; then the file can be deleted.",
  "retired.reason": "Why it goes.",
};

export const apiTexts: Texts = {
  ...declared,
  name: "What the dashboard shows; the key unless given.",
  identifier: "The audience of its tokens. It can never change; `${name}` stands for a stage value.",
  tokenLifetime:
    "How long an access token stays valid: a number and s, m, h or d; 24h unless given, 30d at most.",
  offlineAccess: "Whether clients may get refresh tokens; false unless given.",
  requireUserGrants:
    "Whether clients get tokens of users only as far as they are granted it under `grants`; false unless given.",
  rbac: "Every API has RBAC enforced and the permissions in its tokens; off only with a reason.",
  "rbac.enforce": "Whether Auth0 gives users those scopes only that their roles permit.",
  "rbac.reason": "Why RBAC is off.",
  scopes: "What can be asked of it: each scope, `verb:noun`, with its description.",
  "scopes.*.description": "What people read in the dashboard and in consent screens.",
  "scopes.*.risk": "What somebody can break with it; by the verb unless given.",
};

export const roleTexts: Texts = {
  ...declared,
  name: "What tokens and the dashboard show; the key unless given.",
  description,
  includes: "Roles of which it gives everything, too.",
  permissions: "What it gives: for each API scopes, or patterns in which `*` is any run of characters.",
  reviewBy:
    "A day such as 2027-03-01; after it there is a warning until somebody has looked at the role again.",
};

export const groupTexts: Texts = {
  ...declared,
  name: "What users' `app_metadata.groups` holds; the key unless given.",
  description,
  roles: "Roles of the people in it.",
  within: "Groups that whoever is in this one is in, too.",
  delivery:
    "How its roles reach people: `claim`, in tokens only, computed at login; `stored`, assigned in Auth0.",
  from: "How directories call it.",
  "from.[].connection": "The connection to the directory, by its name in Auth0.",
  "from.[].group": "The name of the group there.",
};

export const clientTexts: Texts = {
  ...declared,
  name: "What the dashboard shows; the key unless given.",
  description,
  type: "What it is: a machine that acts by itself, or an application that people sign in to.",
  grants:
    "What it may get: a machine by itself, the others for their users. For each API scopes or patterns.",
  callbacks: "Where people are sent with tokens after they sign in.",
  logoutUrls: "Where people may be sent after they sign out.",
  connections: "Where its users come from: existing connections, by their names in Auth0.",
  allowedRoles: "Who may sign in: these roles, and all that include them. Everybody unless given.",
  metadata:
    "What policies are told of it, names with texts; the same in every stage, and no place for secrets.",
  authentication: "How it proves who it is: with a secret, or signed with a private key.",
  publicKeys: "What its signatures are verified with: one key, or two while the old one is replaced.",
  "publicKeys.[].name": "What the dashboard calls the key.",
  "publicKeys.[].algorithm": "How it signs; RS256 unless given.",
  "publicKeys.[].pem": "The public key or a certificate of it; never the private one.",
};

const permission = "`api/scope`; `*` is any run of characters in either part.";

export const guardrailsTexts: Texts = {
  never: "What nobody may have: no role, no group, no client.",
  "never.[].permission": permission,
  "never.[].reason": "Why nobody may have it.",
  separate: "Permissions of which nobody may have two.",
  "separate.[].name": "What the law is called in reports.",
  "separate.[].permissions": permission,
  together: "Roles that the same people have: what `separate` forbids one person it forbids them, too.",
  approve: "What is granted only with an entry under `approved`.",
  "approve.[].permission": permission,
  approved: "Who may have what needs an approval.",
  "approved.[].role": "The role that may have it.",
  "approved.[].client": "The client that may have it.",
  "approved.[].permission": "`api/scope`, no pattern.",
  "approved.[].by": "Who says so.",
  "approved.[].reason": "Why.",
  "approved.[].until": "The last day, such as 2027-03-01.",
  claimLimit: "Bytes of a role's `permissions` claim above which there is a warning; 4096 unless given.",
};

export const acceptedWarningsTexts: Texts = {
  "[].code": "The code of the warning; docs/diagnostics.md has a row for each.",
  "[].file": "The path of the file it is found in; `*` is any run of characters.",
  "[].reason": "Why it is as it should be.",
  "[].until": "The last day, such as 2027-03-01; for good unless given.",
};
