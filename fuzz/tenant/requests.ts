// Requests to each route of the three APIs, most of them wrong somewhere.
import fc from "fast-check";
import { endpoints } from "../../tenant/authentication/index.ts";
import { type OperationName, operations } from "../../tenant/management/operations.ts";
import { hostileText, hostileValue } from "./hostile.ts";
import type { Shape } from "./shapes.ts";
import { nearly, ofShape, type Vocabulary } from "./values.ts";
import type { World } from "./world.ts";

export type Api = "management" | "authentication" | "control";

/** A request that can be sent as it is and shown to people. */
export interface FuzzedRequest {
  readonly api: Api;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests of all three APIs; to the Management API from the shapes of its bodies. */
export function anyRequest(
  world: World,
  shapes: ReadonlyMap<OperationName, Shape>,
): fc.Arbitrary<FuzzedRequest> {
  return fc.oneof(
    { weight: 12, arbitrary: managementRequest(world, shapes) },
    { weight: 5, arbitrary: authenticationRequest(world) },
    { weight: 2, arbitrary: controlRequest(world) },
  );
}

const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";

function managementRequest(
  { token, badTokens, vocabulary }: World,
  shapes: ReadonlyMap<OperationName, Shape>,
) {
  const names = Object.keys(operations) as OperationName[]; // the table's own
  const authorization = fc.oneof(
    { weight: 12, arbitrary: fc.constant(`Bearer ${token}`) },
    fc.constantFrom(...badTokens).map((each) => (each === "" ? "" : `Bearer ${each}`)),
  );
  const requestOf = (name: OperationName) => {
    const { method, path } = operations[name];
    const shape = shapes.get(name);
    return fc
      .record({
        method: fc.oneof({ weight: 20, arbitrary: fc.constant(method) }, otherMethod),
        path: fc.tuple(pathLike(path, vocabulary), query(vocabulary)).map((parts) => parts.join("")),
        headers: headers(authorization, JSON_TYPE),
        body: shape
          ? bodyText(nearly(ofShape(shape, vocabulary)))
          : fc.option(bodyText(nearly(hostileValue))),
      })
      .map((request) => complete("management", { ...request, path: `/api/v2${request.path}` }));
  };
  return fc.oneof(
    ...names.map((name) => ({
      // A new signing key takes as long as a hundred other requests.
      weight: name === "rotateSigningKey" ? 1 : 20,
      arbitrary: requestOf(name),
    })),
  );
}

const otherMethod = fc.constantFrom(
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "PROPFIND",
  "get",
);

/** The path of a table with its parameters filled in, mostly by what there is. */
function pathLike(path: string, vocabulary: Vocabulary): fc.Arbitrary<string> {
  const segments = path.split("/").slice(1);
  const filled = segments.map((segment, place) =>
    segment.startsWith(":")
      ? parameter(segment.slice(1), segments[place - 1] ?? "", vocabulary)
      : fc.oneof(
          { weight: 60, arbitrary: fc.constant(segment) },
          fc.constantFrom(segment.toUpperCase(), "", "..", `${segment}%00`),
        ),
  );
  return fc.tuple(...filled).map((parts) => `/${parts.join("/")}`);
}

/** The collection that the ids behind some segments of paths are of, where it has another name. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  signing: "signing_keys",
  versions: "action_versions",
  enabled_connections: "connections",
  "discovery-domains": "organization_discovery_domains",
};

/** Values of parameters that name nothing stored. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  trigger: ["post-login", "credentials-exchange", "pre-user-registration"],
  prompt: ["login", "signup", "login-id"],
  language: ["en", "de"],
  screen: ["login", "login-id"],
};

function parameter(name: string, before: string, vocabulary: Vocabulary): fc.Arbitrary<string> {
  const collection = COLLECTIONS[before] ?? before.replaceAll("-", "_");
  const known = WORDS[name] ?? vocabulary.get(collection) ?? vocabulary.get(name) ?? ["x"];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known).map(encodeURIComponent) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...known).map((id) => encodeURIComponent(encodeURIComponent(id))),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...known).map((id) => encodeURIComponent(`${id.toUpperCase()} `)),
    },
    { weight: 1, arbitrary: hostileText.map((text) => encodeURIComponent(text.toWellFormed())) },
    { weight: 1, arbitrary: hostileText.map((text) => text.replaceAll(/[?#]/g, "")) },
  );
}

const queryNames = [
  ...[
    "page",
    "per_page",
    "include_totals",
    "take",
    "from",
    "fields",
    "include_fields",
    "sort",
    "q",
    "search_engine",
  ],
  ...[
    "name",
    "name_filter",
    "email",
    "strategy",
    "client_id",
    "audience",
    "is_global",
    "app_type",
    "identifiers",
  ],
  ...[
    "triggerId",
    "actionName",
    "deployed",
    "force",
    "enabled",
    "kids",
    "status",
    "from",
    "to",
    "hydrate",
    "__proto__",
  ],
];

/** What searches are made of. */
const searches = fc
  .array(
    fc.constantFrom(
      ...[
        "email:",
        "name:",
        "app_metadata.x:",
        "_exists_:",
        "-email:",
        "(",
        ")",
        " AND ",
        " OR ",
        " NOT ",
        '"',
        "*",
      ],
      ...["ada@example.com", '"ada"', "[1 TO *]", "{a TO b]", "[", "?", "\\", "true", "1e400", "a*b*", " "],
    ),
    { maxLength: 12 },
  )
  .chain((parts) =>
    fc.constantFrom(1, 1, 1, 300, 2000).map((times) => parts.join("").repeat(times).slice(0, 15_000)),
  );

function query(vocabulary: Vocabulary): fc.Arbitrary<string> {
  const value = fc.oneof(
    hostileText,
    searches,
    fc.constantFrom(
      "-1",
      "0",
      "1",
      "50",
      "1e9",
      "9007199254740991",
      "true",
      "created_at:1",
      "email:-1",
      "id,name",
    ),
    fc.constantFrom(...(vocabulary.get("client_id") ?? [""])),
  );
  const pairs = fc.array(fc.tuple(fc.constantFrom(...queryNames), value), { maxLength: 4 });
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant("") },
    {
      weight: 4,
      arbitrary: pairs.map((each) => `?${new URLSearchParams(each)}`),
    },
    { weight: 1, arbitrary: hostileText.map((text) => `?${text.replaceAll("#", "")}`) },
  );
}

/** A body as it goes over the wire: mostly as given, else cut off, blown up or no JSON at all. */
const bodyText = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 60, arbitrary: text },
    { weight: 2, arbitrary: text.map((whole) => whole.slice(0, -1)) },
    { weight: 2, arbitrary: hostileText },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "[".repeat(100_000),
        `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
        "\uFEFF{}",
        "{}{}",
        "// x",
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(90_000, 120_000, 1_100_000, 2_100_000)
        .map((size) => `{"x":"${"x".repeat(size)}"}`),
    },
  );

function headers(authorization: fc.Arbitrary<string>, type: string): fc.Arbitrary<Record<string, string>> {
  return fc
    .record({
      authorization,
      "content-type": fc.oneof(
        { weight: 20, arbitrary: fc.constant(type) },
        fc.constantFrom(
          "",
          JSON_TYPE,
          FORM,
          "text/plain",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-16",
        ),
      ),
      cookie: fc.oneof(
        { weight: 9, arbitrary: fc.constant("") },
        fc.constantFrom("auth0=x; auth0_browser=%", "auth0=%zz;;=;a"),
      ),
      origin: fc.oneof(
        { weight: 9, arbitrary: fc.constant("") },
        fc.constantFrom("null", "https://evil.example.com", "x"),
      ),
    })
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "")));
}

/** Parameters that some endpoint of the Authentication API reads. */
const parameterNames = [
  ...[
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "audience",
  ],
  ...[
    "scope",
    "username",
    "password",
    "realm",
    "organization",
    "client_assertion",
    "client_assertion_type",
    "token",
  ],
  ...[
    "connection",
    "email",
    "user_metadata",
    "name",
    "response_type",
    "response_mode",
    "state",
    "nonce",
    "max_age",
  ],
  ...[
    "prompt",
    "login_hint",
    "screen_hint",
    "code_challenge",
    "code_challenge_method",
    "returnTo",
    "ticket",
    "action",
  ],
  ...["id_token_hint", "logout_hint", "post_logout_redirect_uri", "__proto__"],
];

/** Values with which requests of the Authentication API get somewhere. */
const parameterValues = new Map<string, readonly string[]>(
  Object.entries({
    grant_type: ["authorization_code", "refresh_token", "client_credentials", "password"].concat(
      "http://auth0.com/oauth/grant-type/password-realm",
    ),
    username: ["ada@example.com"],
    email: ["ada@example.com", "eve@example.com"],
    password: ["Correct-Horse-1"],
    realm: ["Username-Password-Authentication"],
    redirect_uri: ["https://shop.example.com/callback"],
    response_type: ["code", "token", "id_token", "code id_token token"],
    response_mode: ["query", "fragment", "form_post", "web_message"],
    prompt: ["none", "login", "consent"],
    scope: ["openid profile email offline_access", "read:orders"],
    organization: ["acme"],
    client_assertion_type: ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"],
    code_challenge_method: ["S256", "plain"],
    max_age: ["0", "1e400"],
    id_token_hint: ["a.b.c"],
  }),
);

function authenticationRequest({ badTokens, vocabulary }: World): fc.Arbitrary<FuzzedRequest> {
  const value = (name: string) => {
    const known = [...(parameterValues.get(name) ?? []), ...(vocabulary.get(name) ?? [])];
    return known.length > 0
      ? fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, hostileText)
      : hostileText;
  };
  const parameters = fc.record(
    Object.fromEntries(
      parameterNames.map((name) => [name, fc.option(value(name), { freq: 2, nil: undefined })]),
    ),
  );
  const given = parameters.map((all) =>
    Object.entries(all).filter((each): each is [string, string] => each[1]?.isWellFormed() === true),
  );
  const authorization = fc.oneof(
    { weight: 4, arbitrary: fc.constant("") },
    fc.constantFrom(...badTokens, "x", ":").map((each) => `Bearer ${each}`),
    fc.constantFrom("Basic", "Basic %%%", "Basic Og==", "Basic YTpi", "Bearer", `Basic ${"A".repeat(5000)}`),
  );
  const requests = endpoints.map(({ method, path }) =>
    fc
      .record({
        method: fc.oneof({ weight: 20, arbitrary: fc.constant<string>(method) }, otherMethod),
        headers: headers(authorization, FORM),
        isJson: fc.boolean(),
        text: nearly(fc.oneof(parameters, hostileValue)),
        given,
        broken: fc.oneof(
          { weight: 9, arbitrary: fc.constant("") },
          hostileText.map((text) => text.replaceAll("#", "")),
        ),
      })
      .map(({ method, headers, isJson, text, given, broken }) => {
        const form = `${new URLSearchParams(given)}${broken}`;
        const inQuery = method === "GET" || method === "HEAD";
        return complete("authentication", {
          method,
          path: inQuery ? `${path}?${form}` : path,
          headers: isJson ? { ...headers, "content-type": JSON_TYPE } : headers,
          body: isJson ? text : form,
        });
      }),
  );
  return fc.oneof(...requests);
}

/** The control API but for what only ends with the tenant: streams, and forks. */
function controlRequest({ token, start }: World): fc.Arbitrary<FuzzedRequest> {
  const some = (...values: readonly unknown[]) => nearly(fc.constantFrom(...values));
  const routes: readonly (readonly [string, string, fc.Arbitrary<string>])[] = [
    ["GET", "/", some({})],
    ["GET", "/calls", some({})],
    ["GET", "/unknown-endpoints", some({})],
    ["GET", "/logs", some({})],
    ["GET", "/snapshot", some({})],
    ["GET", "/faults", some({})],
    ["DELETE", "/faults", some({})],
    [
      "POST",
      "/faults",
      some(
        { operation: "createRole", nth: 3, effect: { kind: "lost" } },
        {
          path: "/api/*",
          times: null,
          effect: { kind: "status", status: 503, body: {}, headers: { a: "b" } },
        },
        { method: "GET", milliseconds: 5, effect: { kind: "late", reads: 2, in: ["listUsers"] } },
      ),
    ],
    [
      "POST",
      "/clock",
      some({ advance: 1 }, { set: "2030-01-01T00:00:00Z" }, { freeze: true }, { run: true }),
    ],
    ["POST", "/clock", nearly(fc.record({ advance: fc.maxSafeInteger() }))],
    ["POST", "/restore", some(start)],
    ["POST", "/reset", some({})],
    [
      "POST",
      "/fork",
      some({ port: -1 }, { plan: "none" }, { stateDir: "" }).map((text) => text.replace(/^\{/, '{"x":1,')),
    ],
    ["GET", "/nothing", some({})],
  ];
  const authorization = fc.oneof(
    { weight: 9, arbitrary: fc.constant(`Bearer ${token}`) },
    fc.constantFrom("Bearer x", "Basic", ""),
  );
  const requests = routes.map(([method, path, body]) =>
    fc
      .record({ headers: headers(authorization, JSON_TYPE), body: bodyText(body) })
      .map((request) => complete("control", { method, path: `/.tenant${path}`, ...request })),
  );
  return fc.oneof(...requests);
}

/** Methods without a body get none: a request with one cannot be made in process. */
function complete(
  api: Api,
  { body, ...request }: Omit<FuzzedRequest, "api" | "body"> & { readonly body: string | null },
): FuzzedRequest {
  const isBodyless = /^(get|head)$/i.test(request.method) || body === null;
  return { api, ...request, ...(!isBodyless && { body }) };
}
