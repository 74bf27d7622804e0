// A tenant's API as policies see it through `fetch`: tokens and the Management API operations, with scripted answers.
import { managementOperations } from "../../src/model/operations.ts";

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly operation: string;
  readonly input: unknown;
}

export const values = {
  ROLEBOOK_TENANT_DOMAIN: "acme.test",
  ROLEBOOK_CLIENT_ID: "policies",
  ROLEBOOK_CLIENT_SECRET: "s3cr3t-of-policies",
};

/** Answers by operation, `token` for the token request; the last one of a list is given again and again. */
export type Script = Readonly<Record<string, readonly (Answer | Error)[]>>;

/** A `fetch`, and what it was asked. An unknown address throws. */
export function tenantApi(script: Script = {}) {
  const calls: Call[] = [];
  const bearers: string[] = [];
  const tokenRequests: unknown[] = [];
  const turns = new Map<string, number>();

  const next = (name: string, ordinary: Answer): Answer => {
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    const answers = script[name] ?? [ordinary];
    const answer = answers[Math.min(turn, answers.length - 1)] ?? ordinary;
    if (answer instanceof Error) throw answer;
    return answer;
  };

  const fetch = async (
    url: string,
    init: { method: string; headers?: Record<string, string>; body?: string },
  ) => {
    const body: unknown = init.body === undefined ? undefined : JSON.parse(init.body);
    const { host, pathname } = new URL(url);
    if (host !== values.ROLEBOOK_TENANT_DOMAIN) throw new Error(`${host} was called`);
    if (pathname === "/oauth/token") {
      tokenRequests.push(body);
      const token = `token-${tokenRequests.length}`;
      return responseOf(next("token", { status: 200, body: { access_token: token, expires_in: 86_400 } }));
    }
    const call = callOf(init.method, pathname, body);
    calls.push(call);
    bearers.push(init.headers?.authorization ?? "");
    return responseOf(next(call.operation, { status: 204 }));
  };
  return { fetch, calls, bearers, tokenRequests };
}

function callOf(method: string, pathname: string, body: unknown): Call {
  for (const [operation, { method: expected, path }] of Object.entries(managementOperations)) {
    const pattern = new RegExp(`^/api/v2${path.replace("{id}", "([^/]+)")}$`);
    const [, id] = pattern.exec(pathname) ?? [];
    if (method !== expected || id === undefined) continue;
    return { operation, input: { id: decodeURIComponent(id), ...(body as object) } };
  }
  throw new Error(`${method} ${pathname} is no operation of the Management API`);
}

function responseOf({ status, body, headers = {} }: Answer) {
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  return {
    status,
    ok: status < 300,
    headers: { get: (name: string) => headers[name] ?? null },
    text: async () => text,
  };
}
