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

/**
 * What it takes to preview: nothing is changed. Without a refresh nothing of clients is read, and so not their secrets, which
 * `read:client_keys` shows of all of them.
 */
export function previewNeeds(
  { scopes, ...needs }: DeploymentNeeds,
  { refresh }: { readonly refresh: boolean },
): DeploymentNeeds {
  const isNeeded = (scope: string) => scope.startsWith("read:") && (refresh || scope !== "read:client_keys");
  return { ...needs, scopes: scopes.filter(isNeeded) };
}

/** The scopes that it takes beside those of the needs to take away what they make, sorted. */
export function deletionScopes({ scopes }: DeploymentNeeds): readonly string[] {
  const made = scopes
    .filter((scope) => scope.startsWith("create:"))
    .map((scope) => scope.slice("create:".length));
  const isMade = (noun: string) => made.includes(noun);
  return sortedSet([
    ...made.map((noun) => `delete:${noun}`),
    ...(isMade("rules") ? ["delete:rules_configs"] : []),
    // The provider looks at how a client signs in before it takes that away.
    ...(isMade("clients") ? ["read:client_credentials"] : []),
  ]).filter((scope) => !scopes.includes(scope));
}

const changes = (noun: string) => ["create", "read", "update"].map((verb) => `${verb}:${noun}`);

const scopesOfLane: Readonly<Record<Lane, readonly string[]>> = {
  hook: changes("hooks"),
  rule: [...changes("rules"), "read:rules_configs", "update:rules_configs"],
  action: changes("actions"),
};

const sortedSet = (texts: readonly string[]) => [...new Set(texts)].sort();
