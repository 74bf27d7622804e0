import { callsOf } from "../../../src/bundle/runtime/management.ts";
import { fetchJsonWithin } from "../../../src/bundle/runtime/other-hosts.ts";
import { sender } from "../../../src/bundle/runtime/request.ts";
import { readerOf } from "../../../src/bundle/runtime/values.ts";
import type { FlowName } from "../../../src/model/flows.ts";
import { managementOperations } from "../../../src/model/operations.ts";
import type { Events } from "../../../src/policy/events.ts";
import { runFlow, sampleEvents } from "../../../src/policy/testing.ts";
import { roleNames, tables } from "../access.ts";
import type { Outcome } from "../cases.ts";
import type { World } from "../world.ts";
import { grantedTo, ownValues, type Run, type Values, withIds } from "./run.ts";

/** Runs it as source, with the clients of the Management API and of companies that bundles have. */
export async function runSource({ flow, steps, event }: Run, values: Values, world: World): Promise<Outcome> {
  const timeLeft = () => 15_000;
  const lines: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => lines.push(line);
  const value = readerOf(ownValues(world));
  const call = callsOf(operations, { value, cache: undefined, timeLeft }, sender(timeLeft));
  const { error, denial, removedScopes, ...effects } = await runFlow(
    flow,
    steps.map(([, step]) => step),
    partsOf(flow, event) as never, // whole, which is more than parts
    {
      values,
      roleNames,
      ...tables,
      // The source knows roles by the ids that tests give them.
      management: (operation, input) => call(operation, withIds(input, world)),
      fetchJson: fetchJsonWithin(timeLeft),
      timeLeft,
    },
  );
  console.warn = warn;
  const denied = error ?? denial?.reason;
  if (denied !== undefined) return { denied, console: lines };
  const granted = grantedTo(event);
  return {
    accessToken: effects.accessToken,
    idToken: effects.idToken,
    appMetadata: effects.appMetadata,
    userMetadata: effects.userMetadata,
    ...(granted && { scopes: granted.filter((scope) => !removedScopes.includes(scope)) }),
    console: lines,
  };
}

/** The event as parts of one: what it lacks, the sample event must not add. */
function partsOf(flow: FlowName, event: Events[FlowName]): object {
  const parts = Object.entries(sampleEvents[flow]).map(([name, part]) => [
    name,
    { ...Object.fromEntries(Object.keys(part).map((key) => [key, undefined])), ...Object(event)[name] },
  ]);
  return { ...event, ...Object.fromEntries(parts) };
}

const operations = Object.fromEntries(
  Object.entries(managementOperations).map(([name, { method, path, repeatable }]) => [
    name,
    [method, path, repeatable] as const,
  ]),
);
