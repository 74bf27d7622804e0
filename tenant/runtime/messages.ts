import { z } from "zod";
import type { JsonObject } from "../entities.ts";
import type { ActionEffect, FromSandbox } from "./protocol.ts";

// A sandbox process runs other people's code: what it sends is outside input.

const fields = z.record(z.string(), z.json());

const fromSandbox = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("console"),
    run: z.number(),
    line: z.object({ stream: z.enum(["log", "error"]), text: z.string() }),
  }),
  z.object({ type: z.literal("done"), run: z.number(), valueJson: z.string() }),
  z.object({
    type: z.literal("failed"),
    run: z.number(),
    error: z.object({ name: z.string(), message: z.string(), by: z.string().optional(), fields }),
    reusable: z.boolean(),
  }),
  z.object({
    type: z.literal("ran"),
    run: z.number(),
    milliseconds: z.number(),
    effects: z.array(z.object({ type: z.string(), name: z.string(), value: z.json().optional() })),
  }),
  z.object({ type: z.literal("ready"), run: z.number(), busy: z.boolean() }),
]);

/** A sandbox process's message, or undefined if it is none. */
export function parseMessage(message: unknown): FromSandbox | undefined {
  // exactOptionalPropertyTypes: zod types an optional field as possibly undefined, JSON never carries that.
  return fromSandbox.safeParse(message).data as FromSandbox | undefined;
}

const claim = { name: z.string(), value: z.json() };
const by = z.string();

const effect = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("access.deny"),
    by,
    code: z.string().optional(),
    reason: z.string().default(""),
    userMessage: z.string().optional(),
  }),
  z.object({ type: z.literal("validation.error"), by, code: z.string(), message: z.string() }),
  z.object({ type: z.literal("accessToken.setCustomClaim"), by, ...claim }),
  z.object({ type: z.literal("accessToken.addScope"), by, scope: z.string() }),
  z.object({ type: z.literal("accessToken.removeScope"), by, scope: z.string() }),
  z.object({ type: z.literal("idToken.setCustomClaim"), by, ...claim }),
  z.object({ type: z.literal("user.setAppMetadata"), by, ...claim }),
  z.object({ type: z.literal("user.setUserMetadata"), by, ...claim }),
  z.object({
    type: z.literal("transaction.setMetadata"),
    by,
    name: z.string(),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  }),
  z.object({
    type: z.literal("cache.set"),
    by,
    name: z.string(),
    entry: z.object({ value: z.string(), expires_at: z.number() }),
  }),
  z.object({ type: z.literal("redirect.sendUserTo"), by, url: z.url({ protocol: /^https?$/ }) }),
  z.object({ type: z.literal("cache.delete"), by, name: z.string() }),
]);

/** Effects of actions; throws a `ZodError` where an action called `api` with what Auth0 does not take. */
export function parseEffects(value: unknown): readonly ActionEffect[] {
  return z.array(effect).parse(value) as readonly ActionEffect[];
}

/** The user, the context and the content of `global` that rules leave behind; throws a `ZodError` where they are no objects. */
export function parseRulesResult(value: unknown): readonly [JsonObject, JsonObject, JsonObject] {
  // zod's type for JSON is mutable and allows undefined fields; what JSON.parse made has none.
  return z.tuple([fields, fields, fields]).parse(value) as [JsonObject, JsonObject, JsonObject];
}
