import { readFileSync } from "node:fs";
import type { Estate } from "../../estate.ts";
import { extensibilities } from "../../model/flows.ts";
import { jsonText } from "../../report/json-text.ts";
import { checkoutAt } from "../checkout.ts";
import { devStackOf, findRunningTenant } from "../dev-stack.ts";
import { choose, readOptions } from "../options.ts";
import { stateOf } from "../running-tenant.ts";
import { claimOrigins, permissionOrigins, roleOrigins } from "../simulate/outcome.ts";
import { kinds, scenarioOf } from "../simulate/scenario.ts";
import { simulate as runSimulation, type Simulated } from "../simulate/simulate.ts";
import { simulationText } from "../simulate/text.ts";
import { soundEstate } from "../sound-estate.ts";
import { stageNamed } from "../stages.ts";

/**
 * Runs a login, a sign-up or a machine's token exchange in a tenant in memory, and shows what each policy saw and did and who
 * made which claim. 0 if there are tokens, 1 if they are refused. Changes nothing that is there.
 */
export async function simulate(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    user: { type: "string" },
    client: { type: "string" },
    connection: { type: "string" },
    flow: { type: "string" },
    roles: { type: "string" },
    groups: { type: "string" },
    organization: { type: "string" },
    audience: { type: "string" },
    stack: { type: "string", default: "dev" },
    lane: { type: "string" },
    network: { type: "boolean", default: false },
    root: { type: "string" },
    format: { type: "string", default: "text" },
  });
  const format = choose("format", options.format, ["text", "json"]);
  const { flow, lane, stack } = options;
  const root = checkoutAt(options.root);
  const estate = soundEstate(options.root);
  const ofStack = stageNamed(stack, estate);
  const stage = {
    ...ofStack,
    ...(lane !== undefined && { extensibility: choose("lane", lane, extensibilities) }),
  };
  const scenario = scenarioOf(
    { ...options, flow: flow === undefined ? undefined : choose("flow", flow, kinds) },
    estate,
    stage,
  );
  const running = stack === "dev" ? findRunningTenant(devStackOf(root).tenant) : undefined;
  const simulated = await runSimulation(scenario, {
    root,
    estate,
    stage,
    state: running && (await stateOf(running, readFileSync(running.ca, "utf8"))),
    isConnected: options.network,
  });
  const where = running
    ? `With the users of the tenant at ${running.url} and what rbac/ and hooks/ say now, in memory: nothing of it is changed.`
    : "In a new tenant in memory: nothing of yours is changed.";
  const who = simulated.person?.isMadeUp ? ["The user is made up: nobody of that address is there."] : [];
  const secrets = estate.declarations.stageValues.some(({ secret }) => secret)
    ? ["Secret stage values are made up, too: only the engine can read them."]
    : [];
  process.stdout.write(
    format === "json"
      ? jsonText(jsonOf(simulated, estate))
      : simulationText(
          simulated,
          [`Stack ${stack}, ${stage.extensibility}. ${where}`, ...who, ...secrets],
          estate,
        ),
  );
  return simulated.refusal === undefined ? 0 : 1;
}

/** For programs; `version` goes up when a reader of the last one could be misled. */
function jsonOf(simulated: Simulated, estate: Estate): unknown {
  const { scenario, person, flows, refusal, tokens } = simulated;
  const { kind, client, api, audience } = scenario;
  return {
    version: 1,
    flow: kind,
    client: client.key,
    api: api.key,
    audience,
    ...(person && { user: { email: person.email, madeUp: person.isMadeUp, connection: person.connection } }),
    flows,
    refusal,
    roles: roleOrigins(simulated),
    ...(tokens.id && { idToken: claimOrigins(tokens.id, "idToken", flows) }),
    ...(tokens.access && { accessToken: claimOrigins(tokens.access, "accessToken", flows) }),
    permissions: permissionOrigins(simulated, estate),
  };
}
