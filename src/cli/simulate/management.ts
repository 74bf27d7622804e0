// The Management API of a tenant in this process.
import { z } from "zod";
import type { Tenant } from "../../../tenant/index.ts";

/** Asks the Management API; the body of the answer. Throws where it refuses: a plan fits every tenant. */
export type Manage = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** The Management API of a tenant in this process, with all scopes. */
export async function managementOf(tenant: Tenant): Promise<Manage> {
  const headers = {
    authorization: `Bearer ${await tenant.managementToken()}`,
    "content-type": "application/json",
  };
  return async (method, path, body) => {
    const answer = await tenant.fetch(`/api/v2${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
}

const entities = z.array(z.looseObject({ name: z.string().optional() }));

/** Something that the tenant stores. */
export type Stored = z.infer<typeof entities>[number];

/** All that the tenant stores of a kind, such as `roles`. */
export function storedIn(
  tenant: Tenant,
  collection: keyof ReturnType<Tenant["snapshot"]>,
): readonly Stored[] {
  return entities.parse(tenant.snapshot()[collection] ?? []);
}
