import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { LogicalName } from "../model/names.ts";
import type { FlowPlan, PlannedValue } from "../model/plan.ts";
import type { Client } from "./client.ts";
import { Component } from "./component.ts";
import type { Role } from "./role.ts";

/** What the values of a flow are taken from. */
export interface Surroundings {
  readonly roles: ReadonlyMap<LogicalName, Role>;
  readonly clients: ReadonlyMap<LogicalName, Client>;
  /** Reads a secret stage value, as a Pulumi secret. */
  readonly secret: (name: string) => pulumi.Output<string>;
}

/** The code of one flow: a hook, a rule with its configuration, or an action with its binding. */
export class Flow extends Component {
  constructor(plan: FlowPlan, around: Surroundings, options?: pulumi.ComponentResourceOptions) {
    super("Flow", { name: plan.name, formerNames: [] }, options);
    const values = plan.values.map((each) => ({
      name: each.name,
      key: each.key,
      value: inputOf(each, around),
    }));
    // Code that runs before its client is granted what it calls would deny logins.
    const dependsOn = [
      ...plan.after.roles.map((name) => required(around.roles, name)),
      ...plan.after.clients.map((name) => required(around.clients, name)),
    ];
    const own = { parent: this, dependsOn };
    switch (plan.lane) {
      case "hook":
        this.own(
          new auth0.Hook(
            plan.name,
            {
              name: plan.displayName,
              triggerId: plan.trigger.id,
              script: plan.code,
              enabled: true,
              secrets: Object.fromEntries(values.map(({ key, value }) => [key, value])),
              dependencies: Object.fromEntries(plan.dependencies.map(({ name, version }) => [name, version])),
            },
            own,
          ),
        );
        break;
      case "rule": {
        const configuration = values.map(({ name, key, value }) =>
          this.own(new auth0.RuleConfig(name, { key, value }, { parent: this })),
        );
        this.own(
          new auth0.Rule(
            plan.name,
            { name: plan.displayName, script: plan.code, enabled: true },
            { parent: this, dependsOn: [...dependsOn, ...configuration] },
          ),
        );
        break;
      }
      case "action": {
        const action = this.own(
          new auth0.Action(
            plan.name,
            {
              name: plan.displayName,
              supportedTriggers: plan.trigger,
              runtime: "node22",
              code: plan.code,
              secrets: values.map(({ key, value }) => ({ name: key, value })),
              dependencies: [...plan.dependencies],
              deploy: true,
            },
            own,
          ),
        );
        this.own(
          new auth0.TriggerActions(
            plan.name,
            {
              trigger: plan.trigger.id,
              actions: [
                ...plan.externalActions.before.map(externalAction),
                { id: action.id, displayName: plan.displayName },
                ...plan.externalActions.after.map(externalAction),
              ],
            },
            { parent: this },
          ),
        );
        break;
      }
    }
    this.registerOutputs({});
  }
}

/** Somebody else's action, found by its name when the program runs. */
function externalAction(name: string) {
  const id = auth0.getActionOutput({ name }).apply((action) => action.id ?? "");
  return { id, displayName: name };
}

function inputOf(value: PlannedValue, { roles, clients, secret }: Surroundings): pulumi.Input<string> {
  switch (value.kind) {
    case "text":
      return value.text;
    case "secret":
      return secret(value.secret);
    case "role-id":
      return required(roles, value.role).id;
    case "client-id":
      return required(clients, value.client).clientId;
    case "client-secret":
      return pulumi.secret(required(clients, value.client).clientSecret);
  }
}

function required<T>(map: ReadonlyMap<LogicalName, T>, name: LogicalName): T {
  const found = map.get(name);
  if (!found) throw new Error(`the plan names "${name}", which it does not hold`);
  return found;
}
