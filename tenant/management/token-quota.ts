import { z } from "zod";
import { strict } from "./validation.ts";

const number = z.int().min(1).max(2_147_483_647).optional();

/** How many tokens may be issued to clients for themselves, of a client, an organization or by default. */
export const tokenQuota = strict({
  client_credentials: strict({ per_day: number, per_hour: number, enforce: z.boolean().optional() }),
});
