import type { DeploymentNeeds } from "../model/deployment.ts";
import type { Lane } from "../model/flows.ts";
import type { Plan } from "../model/plan.ts";

/**
 * What it takes to make and change everything of a plan. The scopes that a deletion takes are not among them: a stage may
 * keep `delete:roles` from its deployments.
 */
export function deploymentNeeds({ apis, roles, clients, flows }: Plan): DeploymentNeeds {
  const connections = clients.flatMap((client) => client.connections.map(({ connection }) => connection));
  const scopes = [
    ...(apis.length > 0 ? changes("resource_servers") : []),
    ...(roles.length > 0 ? changes("roles") : []),
    // Without `read:client_keys` Auth0 leaves a client's secret out, and policies would be given an empty one.
    ...(clients.length > 0 ? [...changes("clients"), "read:client_keys"] : []),
    // Another key means that the old ones are deleted.
    ...(clients.some(({ publicKeys }) => publicKeys.length > 0)
      ? [...changes("client_credentials"), "delete:client_credentials"]
      : []),
    ...(clients.some(({ grants }) => grants.length > 0) ? changes("client_grants") : []),
    ...(connections.length > 0 ? ["read:connections", "update:connections"] : []),
    ...flows.flatMap(({ lane }) => scopesOfLane[lane]),
  ];
  const bindings = flows
    .filter(({ lane }) => lane === "action")
    .map(({ trigger, displayName, externalActions: { before, after } }) => ({
      trigger: trigger.id,
      actions: [...before, displayName, ...after],
      external: [...before, ...after],
    }));
  return { scopes: sortedSet(scopes), connections: sortedSet(connections), bindings };
}

const changes = (noun: string) => ["create", "read", "update"].map((verb) => `${verb}:${noun}`);

const scopesOfLane: Readonly<Record<Lane, readonly string[]>> = {
  hook: changes("hooks"),
  rule: [...changes("rules"), "read:rules_configs", "update:rules_configs"],
  action: changes("actions"),
};

const sortedSet = (texts: readonly string[]) => [...new Set(texts)].sort();
