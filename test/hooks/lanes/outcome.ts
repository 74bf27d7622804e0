// What a case comes to in each lane: as source in this process, and built, inside the tenant's runtime.
import { createHmac } from "node:crypto";
import type { FlowName } from "../../../src/model/flows.ts";
import type { Events, LoginEvent } from "../../../src/policy/events.ts";
import { eventOf } from "../../../src/policy/testing.ts";
import { aTime, type Case, type LaneName, type Outcome, stageValues, type Table } from "../cases.ts";
import { type Stored, type World, withKeys } from "../world.ts";
import { runBuilt } from "./built.ts";
import { asJson, grantedTo, withIds } from "./run.ts";
import { runSource } from "./source.ts";

/** What the case must come to in that lane; undefined if the lane cannot run it. */
export function expectedOf({ out, differs }: Case, lane: LaneName): Outcome | undefined {
  const difference = differs?.[lane];
  return difference ? difference.out : out;
}

/** What the case comes to in that lane. */
export async function outcomeOf(table: Table, each: Case, lane: LaneName, world: World): Promise<Outcome> {
  const values = { ...stageValues, sellerApi: world.companyUrl(each.company) };
  const given = eventOf(table.flow, each.comes ?? {});
  const event = lane === "source" ? given : withIds(given, world);
  const run = { flow: table.flow, steps: each.steps ?? table.steps, event };
  const { result, calls, stored } = await world.watch(each, () => {
    world.runtime.forget();
    if (lane === "source") return runSource(run, values, world);
    return runBuilt(
      run,
      values,
      world,
      lane === "action" ? "action" : table.flow === "login" ? "rule" : "hook",
    );
  });
  const { scopes, ...effects } = result;
  const isNarrowed = scopes && JSON.stringify(scopes) !== JSON.stringify(grantedTo(event));
  const outcome = happened({
    ...effects,
    ...storedBy(stored, event),
    ...(isNarrowed && { scopes }),
    calls,
  });
  return comparable(outcome, world);
}

/** What rules have stored: all of it in one call for each kind of metadata, for this user. */
function storedBy(stored: readonly Stored[], event: Events[FlowName]): Outcome {
  const outcome: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const { id, app_metadata, user_metadata } of stored) {
    const changed = { ...(app_metadata && { app_metadata }), ...(user_metadata && { user_metadata }) };
    for (const [part, value] of Object.entries(changed)) {
      const name = part === "app_metadata" ? "appMetadata" : "userMetadata";
      if (outcome[name] || id !== (event as LoginEvent).user.user_id)
        throw new Error(`${part} is stored twice, or of a stranger`);
      outcome[name] = value;
    }
  }
  return outcome;
}

/** What a token of ten minutes says, if it is signed with the stack's key. */
function signedIn(token: string): object {
  const [head, body, signature] = token.split(".");
  const expected = createHmac("sha256", stageValues.chatKey).update(`${head}.${body}`).digest("base64url");
  const { iat, exp, ...said } = JSON.parse(Buffer.from(body ?? "", "base64url").toString());
  return signature === expected && exp - iat === 600 ? said : { forged: token };
}

/** What is another in each run, by what cases call it. */
function comparable(outcome: Outcome, world: World): Outcome {
  const text = JSON.stringify(outcome)
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, JSON.stringify(aTime))
    .replace(/"(eyJ[\w-]+\.[\w-]+\.[\w-]+)"/g, (_, token) => JSON.stringify(signedIn(token)))
    .replaceAll(world.tenant.domain, "<company>")
    .replaceAll(world.closed, "<company>");
  return JSON.parse(withKeys(text, world.roleIds)) as Outcome;
}

const outcomeKeys = [
  "denied",
  "accessToken",
  "idToken",
  "appMetadata",
  "userMetadata",
  "scopes",
  "calls",
  "console",
] as const;

/** Leaves out what did not happen. */
function happened(outcome: Outcome): Outcome {
  const entries = outcomeKeys.flatMap((key) => {
    const value = outcome[key];
    const isThere = typeof value === "string" || key === "scopes" || Object.keys(value ?? {}).length > 0;
    return value !== undefined && isThere ? [[key, value]] : [];
  });
  return asJson(Object.fromEntries(entries)) as Outcome;
}
