// Runs requests in rounds, each from the same state on, so that a round can be seen again by its seed.
import fc from "fast-check";
import { type OperationName, operations } from "../../tenant/management/operations.ts";
import { type Answer, faultOf, stateOf } from "./judge.ts";
import { anyRequest, type FuzzedRequest } from "./requests.ts";
import { learnShapes } from "./shapes.ts";
import { createWorld, type World } from "./world.ts";

/** Requests in a round: enough to let wrong things that were accepted meet others. */
const ROUND = 200;

/** How a run ended. */
export interface Outcome {
  readonly passed: number;
  readonly slowest: { readonly milliseconds: number; readonly request: string };
  /** How often each status was answered, by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Operations of the Management API that accepted something, and how many there are. */
  readonly accepted: number;
  readonly operations: number;
  /** What was wrong, described for people; empty if nothing. */
  readonly failures: readonly string[];
}

/** Sends `cases` requests, of the seeds from `seed` on, and ends after the round in which the first is answered wrongly. */
export async function runRounds(seed: number, cases: number): Promise<Outcome> {
  const world = await createWorld();
  try {
    const requests = anyRequest(world, await learnShapes(world.tenant, world.token));
    const statuses = new Map<number, number>();
    const failures: string[] = [];
    let slowest = { milliseconds: 0, request: "" };
    let passed = 0;
    const accepted = new Set<string>();
    for (let round = 0; round * ROUND < cases && failures.length === 0; round += 1) {
      const now = Math.min(ROUND, cases - round * ROUND);
      world.tenant.reset(); // the call log, too
      world.tenant.restore(world.start);
      let state = stateOf(world.tenant.snapshot());
      for (const request of fc.sample(requests, { seed: seed + round, numRuns: now })) {
        const answer = await ask(world, request);
        if (request.api === "control" && answer.status < 300) settleControl(world);
        const before = state;
        state = stateOf(world.tenant.snapshot());
        const fault = faultOf(request, answer, before !== state);
        if (fault) failures.push(describe(seed + round, request, fault, answer));
        else passed += 1;
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.milliseconds > slowest.milliseconds)
          slowest = {
            milliseconds: answer.milliseconds,
            request: `${request.method} ${request.path.slice(0, 100)}`,
          };
      }
      for (const { operation, status } of world.tenant.calls()) if (status < 300) accepted.add(operation);
      failures.push(...(await unreadable(world, seed + round)));
    }
    const names = Object.keys(operations);
    return {
      passed,
      slowest,
      statuses,
      accepted: names.filter((name) => accepted.has(name)).length,
      operations: names.length,
      failures,
    };
  } finally {
    await world.tenant.close();
  }
}

async function ask({ tenant }: World, { method, path, headers, body }: FuzzedRequest): Promise<Answer> {
  const started = performance.now();
  const response = await tenant.fetch(path, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    text,
    milliseconds: performance.now() - started,
  };
}

/** Takes back what the control API did: time, faults and restored nonsense would make all later answers theirs. */
function settleControl({ tenant, start }: World): void {
  tenant.faults.clear();
  tenant.clock.run();
  tenant.clock.set(Date.now());
  tenant.restore(start);
}

/** What cannot be read any more after a round: something was accepted that should not have been. */
async function unreadable(world: World, seed: number): Promise<string[]> {
  const { token } = world;
  const failures: string[] = [];
  for (const name of Object.keys(operations) as OperationName[]) {
    const { method, path } = operations[name];
    if (method !== "GET" || path.includes(":")) continue;
    const request = {
      api: "management" as const,
      method,
      path: `/api/v2${path}`,
      headers: { authorization: `Bearer ${token}` },
    };
    const answer = await ask(world, request);
    const isFine = answer.status === 200 || (answer.status === 400 && name === "listUsersByEmail");
    if (!isFine) failures.push(describe(seed, request, `answers ${answer.status} after the round`, answer));
  }
  return failures;
}

const describe = (
  seed: number,
  { method, path, headers, body }: FuzzedRequest,
  fault: string,
  { text }: Answer,
) =>
  [
    fault,
    `see it again: npm run fuzz -- tenant --cases ${ROUND} --seed ${seed}`,
    `${method} ${shortened(path)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${shortened(value)}`),
    ...(body === undefined ? [] : ["", shortened(body)]),
    `-> ${shortened(text)}`,
    "",
  ].join("\n");

const shortened = (text: string) =>
  text.length > 1500 ? `${text.slice(0, 1500)}… (${text.length} characters)` : text;
