import * as pulumi from "@pulumi/pulumi";
import type { LogicalName } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { Api } from "./api.ts";
import { Client } from "./client.ts";
import type { Component } from "./component.ts";
import { Flow } from "./flow.ts";
import { Role } from "./role.ts";

export { announce } from "./announce.ts";
export { readOtherStack } from "./other-stack.ts";
export { readPromotion, readSignIn, readStack, readStage } from "./stack.ts";

/** What can be said once everything of a plan is registered, and never if something fails. */
export interface Outcome {
  /** Resolves when all resources are done: what hangs on it never announces what has not happened. */
  readonly done: pulumi.Output<void>;
  /** The ids applications sign in with, by the client's logical name. */
  readonly clientIds: pulumi.Output<Record<string, string>>;
  /** The secrets of those that have one; a Pulumi secret. */
  readonly clientSecrets: pulumi.Output<Record<string, string>>;
}

/** Registers everything of the plan. */
export function declare(plan: Plan): Outcome {
  const apis = keyed(plan.apis, (api) => new Api(api));
  const roles = keyed(plan.roles, (role) => new Role(role, apis));
  const clients = keyed(plan.clients, (client) => new Client(client, apis));
  const config = new pulumi.Config();
  const secret = (name: string) => config.requireSecret(name);
  const flows = keyed(plan.flows, (flow) => new Flow(flow, { roles, clients, secret }));
  const components: Component[] = [apis, roles, clients, flows].flatMap((each) => [...each.values()]);
  const urns = components.flatMap(({ resources }) => resources.map(({ urn }) => urn));
  const done = pulumi.all(urns).apply(() => undefined);
  const ids = Object.fromEntries([...clients].map(([name, { clientId }]) => [name, clientId]));
  const secrets = Object.fromEntries(
    plan.clients
      .filter(({ authenticationMethod }) => authenticationMethod === "client_secret_post")
      .flatMap(({ name }) => [[name, clients.get(name)?.clientSecret ?? ""]]),
  );
  return {
    done,
    clientIds: done.apply(() => pulumi.all(ids)),
    clientSecrets: pulumi.secret(done.apply(() => pulumi.all(secrets))),
  };
}

function keyed<P extends { readonly name: LogicalName }, C>(
  plans: readonly P[],
  make: (plan: P) => C,
): ReadonlyMap<LogicalName, C> {
  return new Map(plans.map((plan) => [plan.name, make(plan)]));
}
