import * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import type { LogicalName } from "../model/names.ts";
import type { RolePlan } from "../model/plan.ts";
import type { Api } from "./api.ts";
import { Component } from "./component.ts";

/** A role with all of its permissions, those of the roles it includes among them. */
export class Role extends Component {
  /** The role's id in Auth0, `rol_…`. */
  readonly id: pulumi.Output<string>;

  constructor(
    plan: RolePlan,
    apis: ReadonlyMap<LogicalName, Api>,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("Role", plan, options);
    const { protect } = plan;
    const role = this.own(
      new auth0.Role(
        plan.name,
        { name: plan.displayName, description: plan.description },
        this.child(plan, { protect }),
      ),
    );
    this.id = role.id;
    this.own(
      new auth0.RolePermissions(
        plan.name,
        {
          roleId: role.id,
          permissions: plan.permissions.map(({ identifier, scope }) => ({
            resourceServerIdentifier: identifier,
            name: scope,
          })),
        },
        // Auth0 refuses scopes that the API does not define yet. Protected, too: else `up --skip-preview` would empty the
        // role before it fails to delete it.
        this.child(plan, { protect, dependsOn: [...apisOf(plan, apis)] }),
      ),
    );
    this.registerOutputs({});
  }
}

function apisOf({ permissions }: RolePlan, apis: ReadonlyMap<LogicalName, Api>): readonly Api[] {
  return [...new Set(permissions.map(({ api }) => api))].flatMap((name) => apis.get(name) ?? []);
}
