import { afterAll, beforeAll, beforeEach } from "vitest";
import { createTenant, type Tenant } from "../../../tenant/index.ts";

/** A status and a parsed body; a test knows which fields it has. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** A tenant for the tests of one file, in memory and without a port, reset before each test. */
export function managementApi() {
  let tenant: Tenant;
  let token: string;
  beforeAll(async () => {
    tenant = await createTenant({ listen: false });
    token = await tenant.managementToken();
  });
  beforeEach(() => tenant.reset());
  afterAll(() => tenant.close());

  /** Calls the Management API with all scopes, or with a token of one's own (`""`: none). */
  async function call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    authorization = `Bearer ${token}`,
  ): Promise<Answer<Body>> {
    const response = await tenant.fetch(`/api/v2${path}`, {
      method,
      headers: {
        ...(authorization !== "" && { authorization }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as Body }; // see Answer
  }

  /** Makes something and returns its body; throws if it is refused. */
  async function make<Body = { readonly id: string }>(path: string, body: unknown): Promise<Body> {
    const answer = await call<Body>("POST", path, body);
    if (answer.status >= 300)
      throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  return { call, make, tenant: () => tenant };
}

/** An API with these scopes, as a body for `POST /resource-servers`. */
export const api = (identifier: string, ...scopes: readonly string[]) => ({
  identifier,
  name: `API ${identifier}`,
  scopes: scopes.map((value) => ({ value, description: `May ${value}` })),
});

/** A database user, as a body for `POST /users`. */
export const person = (email: string) => ({
  connection: "Username-Password-Authentication",
  email,
  password: "Correct-Horse-1",
});
