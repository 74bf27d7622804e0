// Which claims our policies set, found out by letting them run: what a policy does is not to be read from its text.
import type { Estate } from "../../estate.ts";
import type { Api } from "../../model/access-model.ts";
import { type Scenario, scenarioOf } from "../simulate/scenario.ts";
import { simulate } from "../simulate/simulate.ts";
import type { PolicyTrace } from "../simulate/trace.ts";
import type { NamedStage } from "../stages.ts";
import type { TokenKind } from "./origin.ts";

/** The policies that run when such a token is issued. */
export interface ExpectedClaims {
  /** Claims with the policy that sets each. */
  readonly setters: ReadonlyMap<string, Pick<PolicyTrace, "policy" | "file">>;
  /** Names of the policies that are switched off in the stack. */
  readonly off: readonly string[];
}

/** What policies set in a token of that kind, for somebody with these roles, given by name. */
export async function expectedClaims(
  kind: TokenKind,
  api: Api | undefined,
  client: string | undefined,
  roles: readonly string[],
  { root, estate, stage }: { readonly root: string; readonly estate: Estate; readonly stage: NamedStage },
): Promise<ExpectedClaims> {
  const simulated = await simulate(scenarioFor(kind, api, client, roles, estate, stage), {
    root,
    estate,
    stage,
    state: undefined,
    isConnected: false,
  });
  const token = kind === "ID token" ? "idToken" : "accessToken";
  const policies = simulated.flows.flatMap((flow) => flow.policies);
  return {
    setters: new Map(
      policies.flatMap((trace) =>
        Object.keys(trace.effects[token]).map((name) => [name, { policy: trace.policy, file: trace.file }]),
      ),
    ),
    off: policies.filter(({ outcome }) => outcome === "off").map(({ policy }) => policy),
  };
}

function scenarioFor(
  kind: TokenKind,
  api: Api | undefined,
  client: string | undefined,
  roles: readonly string[],
  estate: Estate,
  stage: NamedStage,
): Scenario {
  const { model } = estate;
  const isMachine = kind === "access token of a machine";
  const machine = model.clients.find(
    ({ type, grants }) => type === "machine" && grants.some((grant) => grant.api === api?.key),
  );
  const declared = model.clients.find(({ name }) => name === client);
  const keys = model.roles.filter(({ name }) => roles.includes(name)).map(({ key }) => key);
  return scenarioOf(
    {
      flow: isMachine ? "exchange" : "login",
      client: declared?.key ?? (isMachine ? machine?.key : undefined),
      audience: api?.key,
      ...(!isMachine && { user: "somebody@example.test", roles: keys.join(",") }),
    },
    estate,
    stage,
  );
}
