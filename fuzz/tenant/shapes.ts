// The shapes of bodies as the tenant's own validation declares them.
import { z } from "zod";
import type { Tenant } from "../../tenant/index.ts";
import { type OperationName, operations } from "../../tenant/management/operations.ts";

/** What of JSON Schema the tenant's shapes are made of. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * The shape of each operation's body, by the operation's name; absent for those that read none. A body of the wrong type
 * is sent to each: the schema that complains is the one that the operation is held to.
 */
export async function learnShapes(tenant: Tenant, token: string): Promise<ReadonlyMap<OperationName, Shape>> {
  const shapes = new Map<OperationName, Shape>();
  const { customError } = z.config();
  let complaining: z.core.$ZodType | undefined;
  z.config({
    customError: ({ inst, path = [] }) => {
      if (path.length === 0 && inst instanceof z.core.$ZodType) complaining ??= inst;
      return undefined;
    },
  });
  try {
    for (const [name, { method, path }] of Object.entries(operations) as [OperationName, Operation][]) {
      if (method === "GET") continue;
      complaining = undefined;
      const headers = { authorization: `Bearer ${token}` };
      const url = `/api/v2${path.replaceAll(/:\w+/g, "nobody")}`;
      await tenant.fetch(url, { method, headers, body: '"a string"' });
      if (complaining)
        shapes.set(name, z.toJSONSchema(complaining, { unrepresentable: "any", io: "input" }) as Shape); // see Shape
    }
  } finally {
    z.config({ customError });
  }
  return shapes;
}

type Operation = (typeof operations)[OperationName];
