import * as pulumi from "@pulumi/pulumi";
import type { LogicalName } from "../model/names.ts";

/** What every planned thing that becomes a component has. */
interface Named {
  readonly name: LogicalName;
  readonly formerNames: readonly LogicalName[];
}

/** A domain noun: the resources of one declaration, as children of one component. */
export abstract class Component extends pulumi.ComponentResource {
  /** The custom resources made so far, in the order they were made. */
  readonly resources: pulumi.CustomResource[] = [];

  constructor(noun: string, plan: Named, options?: pulumi.ComponentResourceOptions) {
    super(`rolebook:index:${noun}`, plan.name, {}, { ...options, ...renamed(plan) });
  }

  /** Keeps a child among `resources`. */
  protected own<T extends pulumi.CustomResource>(resource: T): T {
    this.resources.push(resource);
    return resource;
  }

  /**
   * Options of a child. A rename has to alias every child as well as the component: a child without the alias is made
   * anew and its old one deleted afterwards, which takes from Auth0 what the new one has just set.
   */
  protected child(plan: Named, options: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { parent: this, ...renamed(plan), ...options };
  }
}

function renamed({ formerNames }: Named): { aliases: pulumi.Alias[] } {
  return { aliases: formerNames.map((name) => ({ name })) };
}
