import { stage } from "#policy";
import assignDefaultRole from "../../../hooks/assign-default-role.ts";
import rolesToTokens from "../../../hooks/roles-to-tokens.ts";
import { type Answer, adapted, inBothTokens, type Steps, table } from "../cases.ts";

const assign = { operation: "users.roles.assign", input: { id: "auth0|ada", roles: ["rol_customer"] } };
const remembered = { firstRoleGiven: true };
const given = { ...inBothTokens({ roles: ["Customer"] }), calls: [assign], appMetadata: remembered };
const failed = (text: string) => `policy "assign-default-role" failed: ${text}`;

const withClaims: Steps<"login">[number] = [
  "roles-to-tokens",
  rolesToTokens({ namespace: stage("claimNamespace") }),
];

/** Answers of the Management API in place of the tenant's. */
const refusal = (status: number, errorCode: string, message: string): Answer => ({
  status,
  body: { statusCode: status, error: "Error", errorCode, message },
});
const noScope = refusal(
  403,
  "insufficient_scope",
  "Insufficient scope, expected any of: create:role_members,update:users",
);
const tooMany = refusal(429, "too_many_requests", "Global limit has been reached");
const inAnHour = { "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600) };
const gone = [["assign-default-role", assignDefaultRole({ role: "gone" as never })]] as const;
const assignGone = { ...assign, input: { ...assign.input, roles: ["rol_gone"] } };

export const atLogin = table({
  policy: "assign-default-role",
  flow: "login",
  steps: [["assign-default-role", assignDefaultRole({ role: "customer" })], withClaims],
  cases: [
    { who: "a user without a role gets it, in the tokens of the same login", out: given },
    {
      who: "a social user, who never passed a registration hook, gets it",
      comes: {
        user: { user_id: "google-oauth2|7" },
        connection: { name: "google-oauth2", strategy: "google-oauth2" },
      },
      out: { ...given, calls: [{ ...assign, input: { ...assign.input, id: "google-oauth2|7" } }] },
    },
    {
      who: "a user whose id has signs that mean something in addresses gets it",
      comes: { user: { user_id: "waad|a b/c?d=é" } },
      out: { ...given, calls: [{ ...assign, input: { ...assign.input, id: "waad|a b/c?d=é" } }] },
    },
    {
      who: "a user who has another role keeps that alone",
      comes: { authorization: { roles: ["Accountant"] } },
      out: { ...inBothTokens({ roles: ["Accountant"] }), appMetadata: remembered },
    },
    {
      who: "a user who got it after registration is only remembered",
      comes: { authorization: { roles: ["Customer"] } },
      out: { ...inBothTokens({ roles: ["Customer"] }), appMetadata: remembered },
    },
    {
      who: "a user who was stripped of all roles stays so",
      comes: { user: { app_metadata: remembered } },
      out: inBothTokens({ roles: [] }),
    },
    {
      who: "a user of long standing costs no call",
      comes: { user: { app_metadata: remembered }, authorization: { roles: ["Customer"] } },
      out: inBothTokens({ roles: ["Customer"] }),
    },
    {
      who: "a login into an organization is left alone",
      comes: { organization: { id: "org_1", name: "acme", metadata: {} } },
      out: inBothTokens({ roles: [] }),
    },
    {
      who: "a user without e-mail and identities gets it",
      comes: { user: { email: undefined as never, identities: undefined as never } },
      out: given,
    },
    ...["XL", ["firstRoleGiven"], null].map((app_metadata) => ({
      who: `a user whose app_metadata is ${JSON.stringify(app_metadata)} counts as one without`,
      comes: { user: { app_metadata: app_metadata as never } },
      out: given,
      differs: adapted,
    })),
    {
      who: "user_metadata, which users can change, is no memory",
      comes: { user: { user_metadata: remembered } },
      out: given,
    },
    {
      who: "a missing scope denies the login, stores nothing, and is named",
      management: { "users.roles.assign": [noScope] },
      out: {
        denied: failed(
          "users.roles.assign: 403 insufficient_scope: Insufficient scope, expected any of: create:role_members,update:users",
        ),
        calls: [assign],
      },
    },
    {
      who: "a role that was deleted in the tenant meanwhile denies the login",
      steps: [...gone, withClaims],
      out: {
        denied: failed("users.roles.assign: 404 inexistent_role: The role does not exist."),
        calls: [assignGone],
      },
    },
    {
      who: 'with onError "continue" it lets in without it, and says so on the console',
      steps: [
        ["assign-default-role", assignDefaultRole({ role: "gone" as never, onError: "continue" })],
        withClaims,
      ],
      out: {
        ...inBothTokens({ roles: [] }),
        calls: [assignGone],
        console: [failed("users.roles.assign: 404 inexistent_role: The role does not exist.")],
      },
    },
    {
      who: "too many requests for the moment are asked again when Auth0 says so",
      management: {
        "users.roles.assign": [{ ...tooMany, headers: { "x-ratelimit-reset": "1" } }],
      },
      out: { ...given, calls: [assign, assign] },
    },
    {
      who: "too many requests for longer than a login may take deny it at once",
      management: { "users.roles.assign": [{ ...tooMany, headers: inAnHour }] },
      out: {
        denied: failed("users.roles.assign: 429 too_many_requests: Global limit has been reached"),
        calls: [assign],
      },
    },
    {
      who: "a server that fails once is asked again",
      management: { "users.roles.assign": [{ status: 503, body: "<html>" }] },
      out: { ...given, calls: [assign, assign] },
    },
    {
      who: "switched off in the stack's values it does nothing",
      steps: [
        ["assign-default-role", assignDefaultRole({ role: "customer", enabled: stage("off" as never) })],
        withClaims,
      ],
      out: inBothTokens({ roles: [] }),
    },
    {
      who: "switched on there it does what it does",
      steps: [
        ["assign-default-role", assignDefaultRole({ role: "customer", enabled: stage("on" as never) })],
        withClaims,
      ],
      out: given,
    },
  ],
});

export const afterRegistration = table({
  policy: "assign-default-role",
  flow: "postUserRegistration",
  steps: [["assign-default-role", assignDefaultRole({ role: "customer" })]],
  cases: [
    { who: "a user who has registered gets the role, by the full id", out: { calls: [assign] } },
    {
      who: "a missing scope is told to the log",
      management: { "users.roles.assign": [noScope] },
      out: {
        denied: failed(
          "users.roles.assign: 403 insufficient_scope: Insufficient scope, expected any of: create:role_members,update:users",
        ),
        calls: [assign],
      },
    },
    {
      who: "a role that was deleted meanwhile is told to the log",
      steps: gone,
      out: {
        denied: failed("users.roles.assign: 404 inexistent_role: The role does not exist."),
        calls: [assignGone],
      },
    },
  ],
});
