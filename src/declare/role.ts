import * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import type { RolePlan } from "../model/plan.ts";
import { Component } from "./component.ts";

/** A role with all of its permissions, those of the roles it includes among them. */
export class Role extends Component {
  /** The role's id in Auth0, `rol_…`. */
  readonly id: pulumi.Output<string>;

  /** `options.dependsOn` has to hold the APIs whose scopes the role is given: Auth0 refuses scopes it does not know. */
  constructor(plan: RolePlan, options?: pulumi.ComponentResourceOptions) {
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
        // Protected too: else `up --skip-preview` would empty the role before it fails to delete it.
        this.child(plan, { protect }),
      ),
    );
    this.registerOutputs({});
  }
}
