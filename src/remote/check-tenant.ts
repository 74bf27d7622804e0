import { z } from "zod";
import type { DeploymentNeeds } from "../model/deployment.ts";
import { type Answered, type Ask, patience } from "./ask.ts";
import type { SignIn } from "./sign-in.ts";

/** The tenant that a plan is for, and what has to be so in it. */
export interface Target extends DeploymentNeeds {
  /** Host, and port if it is not 443. */
  readonly domain: string;
  readonly signIn: SignIn;
}

/**
 * Why a plan cannot be applied to the tenant, with the way out in a second line; undefined if nothing speaks against it.
 * The engine would say the same once for each resource, after it has begun. Never names a secret.
 */
export function checkTenant(target: Target, ask: Ask): string | undefined {
  const { domain, signIn } = target;
  switch (signIn.kind) {
    case "none":
      return refusal(
        `nothing says how to sign in to the tenant "${domain}"`,
        "set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET to those of a machine-to-machine client of it",
      );
    case "elsewise": {
      const answer = ask({ url: `https://${domain}/.well-known/openid-configuration` });
      return answer.kind === "failed" ? unreachable(domain, answer.code) : undefined;
    }
    case "client": {
      const { id: client_id, secret: client_secret, audience } = signIn;
      const form = { grant_type: "client_credentials", client_id, client_secret, audience };
      const answer = ask({ url: `https://${domain}/oauth/token`, form });
      if (answer.kind === "failed") return unreachable(domain, answer.code);
      const token = tokenIn(answer);
      return token === undefined ? withoutToken(domain, signIn, answer) : checkToken(token, target, ask);
    }
    case "token":
      return checkToken(signIn.token, target, ask);
  }
}

function checkToken(token: string, target: Target, ask: Ask): string | undefined {
  const { domain, scopes, connections, bindings } = target;
  const granted = scopesIn(token);
  const missing = granted ? scopes.filter((scope) => !granted.includes(scope)) : [];
  if (missing.length > 0) return lacking(target, missing);
  const read = <Refusal>(path: string, check: (answer: Answered) => Refusal) => {
    const answer = ask({ url: `https://${domain}/api/v2/${path}`, token });
    return answer.kind === "failed" ? unreachable(domain, answer.code) : check(answer);
  };
  if (connections.length > 0) {
    const path = `connections?fields=name&include_fields=true&per_page=${pageSize}`;
    const refused = read(path, (answer) => checkConnections(target, answer));
    if (refused) return refused;
  }
  for (const { trigger, actions, external } of bindings) {
    const path = `actions/triggers/${trigger}/bindings?per_page=${pageSize}`;
    const refused = read(path, (answer) => checkBindings(domain, trigger, actions, answer));
    if (refused) return refused;
    for (const name of external) {
      const named = `actions/actions?actionName=${encodeURIComponent(name)}&per_page=${pageSize}`;
      const missed = read(named, (answer) => checkAction(domain, trigger, name, answer));
      if (missed) return missed;
    }
  }
  return undefined;
}

const refusal = (fact: string, help: string) => `${fact}\nhelp: ${help}`;

function unreachable(domain: string, code: string): string {
  if (/CERT|SELF_SIGNED|LEAF_SIGNATURE|ISSUER/.test(code))
    return refusal(
      `the tenant "${domain}" has a certificate that is not trusted (${code})`,
      "set SSL_CERT_FILE to a PEM file with the authority that signed it",
    );
  return refusal(
    `the tenant "${domain}" cannot be reached: ${reasons[code] ?? code}`,
    'check "auth0:domain" in the stack file and the network; "npm run tenant" starts the local tenant',
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "no such host (ENOTFOUND)",
  EAI_AGAIN: "its name cannot be looked up (EAI_AGAIN)",
  ECONNREFUSED: "nothing listens there (ECONNREFUSED)",
  TIMEOUT: `no answer within ${patience} seconds`,
};

const tokenAnswer = z.object({ access_token: z.string() });
const errorAnswer = z.object({ error: z.string(), error_description: z.string().optional() });

function tokenIn({ status, body }: Answered): string | undefined {
  return status === 200 ? tokenAnswer.safeParse(parseJson(body)).data?.access_token : undefined;
}

function withoutToken(
  domain: string,
  { id, audience }: Extract<SignIn, { kind: "client" }>,
  { status, body }: Answered,
): string {
  const { data } = errorAnswer.safeParse(parseJson(body));
  if (!data || (status !== 401 && status !== 403))
    return refusal(
      `the tenant "${domain}" answers a request for a token with status ${status}`,
      'check "auth0:domain" in the stack file: the host of an Auth0 tenant, such as example.eu.auth0.com',
    );
  const detail = [data.error, data.error_description].filter(Boolean).join(": ");
  return refusal(
    `the tenant "${domain}" refuses the client "${id}" (${detail})`,
    `set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET to those of a client of this tenant that is granted "${audience}"`,
  );
}

const claims = z.object({ scope: z.string() });

/** The scopes of a token of Auth0's, a JWT; undefined of anything else, which is left to the provider. */
function scopesIn(token: string): readonly string[] | undefined {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return claims.safeParse(parseJson(payload)).data?.scope.split(" ");
}

function lacking({ signIn }: Target, missing: readonly string[]): string {
  const who = signIn.kind === "client" ? `the client "${signIn.id}"` : "the token";
  return refusal(
    `${who} lacks scopes of the Management API: ${missing.join(", ")}`,
    "grant them to the client, in Auth0's dashboard under Applications, APIs, Auth0 Management API",
  );
}

const pageSize = 100;
const connectionList = z.array(z.object({ name: z.string() }));

/** Nothing is said of a tenant that has more connections than one answer tells. */
function checkConnections({ domain, connections }: Target, { body }: Answered): string | undefined {
  const { data } = connectionList.safeParse(parseJson(body));
  if (!data || data.length === pageSize) return undefined;
  const known = data.map(({ name }) => name).sort();
  const missing = connections.filter((name) => !known.includes(name));
  if (missing.length === 0) return undefined;
  return refusal(
    `the tenant "${domain}" has no connection ${listed(missing)}`,
    `make it in the tenant, or take it out of rbac/clients/; there are ${listed(known)}`,
  );
}

const bindingList = z.object({ bindings: z.array(z.object({ display_name: z.string() })) });

/** Auth0 takes the bindings of a trigger as one list: what is not in it runs no more. */
function checkBindings(
  domain: string,
  trigger: string,
  actions: readonly string[],
  { body }: Answered,
): string | undefined {
  const { data } = bindingList.safeParse(parseJson(body));
  const foreign = (data?.bindings ?? [])
    .map((each) => each.display_name)
    .filter((name) => !actions.includes(name));
  if (foreign.length === 0) return undefined;
  return refusal(
    `the tenant "${domain}" runs actions at "${trigger}" that are not declared here: ${listed(foreign)}; they would be unbound`,
    "a trigger's list of actions has one owner: carry their code over to a policy in hooks/, or unbind them in Auth0 first",
  );
}

const actionList = z.object({ actions: z.array(z.object({ name: z.string() })) });

/** An action of somebody else's can only be kept if it is there. */
function checkAction(domain: string, trigger: string, name: string, { body }: Answered): string | undefined {
  const { data } = actionList.safeParse(parseJson(body));
  if (!data || data.actions.some((each) => each.name === name)) return undefined;
  return refusal(
    `the tenant "${domain}" has no action "${name}", which hooks/flows.ts keeps at "${trigger}"`,
    `mend the name, make the action in Auth0 first, or take external("${name}") out`,
  );
}

const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
