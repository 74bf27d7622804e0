// Login as a rule: `function (user, context, callback)`. Auth0 docs: customize/rules, as of their withdrawal.
import { loginApi } from "../../policy/apis.ts";
import type { LoginEvent } from "../../policy/events.ts";
import { type Callback, callBack } from "./call-back.ts";
import { execute, type Program } from "./execute.ts";
import { geoOf, objectOf, rolesOf, textsOf, withMetadata } from "./reading.ts";
import type { TokenCache } from "./token.ts";
import { readerOf } from "./values.ts";

type Metadata = Record<string, unknown>;
type Update = (userId: string, changes: Metadata) => Promise<unknown>;

declare const configuration: Record<string, string>;
declare const auth0: { users: { updateAppMetadata: Update; updateUserMetadata: Update } };

/** The part of `user` that is used by name; the rest goes to policies as it is. */
interface RuleUser {
  readonly user_id: string;
  app_metadata?: unknown;
  user_metadata?: unknown;
  groups?: unknown;
}

interface RuleContext {
  readonly tenant: string;
  readonly clientID: string;
  readonly clientName: string;
  readonly clientMetadata?: Metadata;
  readonly connection: string;
  readonly connectionID: string;
  readonly connectionStrategy: string;
  readonly protocol: string;
  readonly request?: {
    readonly ip?: string;
    readonly hostname?: string;
    readonly userAgent?: string;
    readonly query?: Metadata;
    readonly body?: Metadata;
    readonly geoip?: Metadata;
  };
  readonly stats?: { readonly loginsCount?: number };
  readonly organization?: NonNullable<LoginEvent["organization"]>;
  authorization?: { roles?: readonly string[] };
  accessToken?: Metadata;
  idToken?: Metadata;
}

/** Outlives an execution as long as its container does. */
interface Kept {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}
declare const global: Record<string, Kept | undefined>;

const cache: TokenCache = {
  get: (key) => {
    const kept = global[key];
    return kept && kept.until > Date.now() ? kept.text : undefined;
  },
  set: (key, text, lifetime) => {
    global[key] = { text, until: Date.now() + lifetime };
  },
};

type Results = [RuleUser, RuleContext];

/** The rule that runs the program. A denial is an ordinary `Error`: callers see `access_denied`, as with actions. */
export function loginRule(program: Program) {
  return (user: RuleUser, context: RuleContext, callback: Callback<Results>): void =>
    callBack(login(program, user, context), callback);
}

async function login(program: Program, user: RuleUser, context: RuleContext): Promise<Results> {
  const { effects, event } = await execute(program, {
    flow: "login",
    event: eventOf(user, context),
    api: loginApi,
    value: readerOf(configuration),
    cache,
  });
  if (effects.denial) throw new Error(effects.denial.reason);

  const { appMetadata, userMetadata, accessToken, idToken } = effects;
  if (isAny(appMetadata)) {
    await auth0.users.updateAppMetadata(user.user_id, appMetadata);
    user.app_metadata = { ...objectOf(user.app_metadata), ...appMetadata };
  }
  if (isAny(userMetadata)) {
    await auth0.users.updateUserMetadata(user.user_id, userMetadata);
    user.user_metadata = { ...objectOf(user.user_metadata), ...userMetadata };
  }
  // Rules after this one, hand-written ones too, see the same claims and roles, and may change them.
  context.accessToken = Object.assign(context.accessToken ?? {}, accessToken);
  context.idToken = Object.assign(context.idToken ?? {}, idToken);
  context.authorization = Object.assign(context.authorization ?? {}, {
    roles: [...event.authorization.roles],
  });
  return [user, context];
}

function isAny(changes: Metadata): boolean {
  return Object.keys(changes).length > 0;
}

/** Keys of `app_metadata` are at the root of a rule's user, too, where they would pass for what a directory sends. */
function withoutHidden(user: RuleUser): RuleUser {
  return "groups" in objectOf(user.app_metadata) ? { ...user, groups: undefined } : user;
}

function eventOf(user: RuleUser, context: RuleContext): LoginEvent {
  const { ip, hostname, userAgent, geoip, ...request } = context.request ?? {};
  const [query, body] = [objectOf(request.query), objectOf(request.body)];
  const audience = query.audience ?? body.audience;
  const isClear = audience === (body.audience ?? audience); // who sends two must not choose whose permissions he gets
  return {
    user: withMetadata(withoutHidden(user)),
    authorization: { roles: rolesOf(context.authorization) },
    client: {
      client_id: context.clientID,
      name: context.clientName,
      metadata: textsOf(context.clientMetadata),
    },
    connection: {
      id: context.connectionID,
      name: context.connection,
      strategy: context.connectionStrategy,
    },
    ...(context.organization && { organization: context.organization }),
    request: {
      ...(ip && { ip }),
      ...(hostname && { hostname }),
      ...(userAgent && { user_agent: userAgent }),
      query,
      body,
      geoip: geoOf(geoip),
    },
    ...(isClear && typeof audience === "string" && { resource_server: { identifier: audience } }),
    stats: { logins_count: context.stats?.loginsCount ?? 0 },
    tenant: { id: context.tenant },
    transaction: { protocol: context.protocol },
  };
}
