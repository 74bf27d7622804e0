import * as pulumi from "@pulumi/pulumi";
import type { LogicalName } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { Api } from "./api.ts";
import { Client } from "./client.ts";
import type { Component } from "./component.ts";
import { Flow } from "./flow.ts";
import { Role } from "./role.ts";

export { readStack, readStage } from "./stack.ts";

/**
 * Registers everything of the plan. The result resolves once all of it is done, and not at all if something fails: what
 * hangs on it never announces what has not happened.
 */
export function declare(plan: Plan): pulumi.Output<void> {
  const apis = keyed(plan.apis, (api) => new Api(api));
  const roles = keyed(plan.roles, (role) => new Role(role, apis));
  const clients = keyed(plan.clients, (client) => new Client(client, apis));
  const config = new pulumi.Config();
  const secret = (name: string) => config.requireSecret(name);
  const flows = keyed(plan.flows, (flow) => new Flow(flow, { roles, clients, secret }));
  const components: Component[] = [apis, roles, clients, flows].flatMap((each) => [...each.values()]);
  return pulumi
    .all(components.flatMap(({ resources }) => resources.map(({ urn }) => urn)))
    .apply(() => undefined);
}

function keyed<P extends { readonly name: LogicalName }, C>(
  plans: readonly P[],
  make: (plan: P) => C,
): ReadonlyMap<LogicalName, C> {
  return new Map(plans.map((plan) => [plan.name, make(plan)]));
}
