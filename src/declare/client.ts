import * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import type { LogicalName } from "../model/names.ts";
import type { ClientPlan } from "../model/plan.ts";
import type { Api } from "./api.ts";
import { Component } from "./component.ts";

/** A client with its credentials, what it is granted, and the connections its users come from. */
export class Client extends Component {
  readonly clientId: pulumi.Output<string>;
  /** A Pulumi secret. */
  readonly clientSecret: pulumi.Output<string>;

  constructor(
    plan: ClientPlan,
    apis: ReadonlyMap<LogicalName, Api>,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("Client", plan, options);
    const { protect } = plan;
    const client = this.own(
      new auth0.Client(
        plan.name,
        {
          name: plan.displayName,
          description: plan.description,
          appType: plan.appType,
          grantTypes: [...plan.grantTypes],
          callbacks: [...plan.callbacks],
          allowedLogoutUrls: [...plan.logoutUrls],
          oidcConformant: true,
          jwtConfiguration: { alg: "RS256" },
        },
        this.child(plan, { protect }),
      ),
    );
    const credentials = this.own(
      new auth0.ClientCredentials(
        plan.name,
        { clientId: client.clientId, authenticationMethod: plan.authenticationMethod },
        this.child(plan, { protect }),
      ),
    );
    this.clientId = client.clientId;
    this.clientSecret = credentials.clientSecret;
    for (const grant of plan.grants) {
      const api = grant.api && apis.get(grant.api);
      this.own(
        new auth0.ClientGrant(
          grant.name,
          { clientId: client.clientId, audience: grant.audience, scopes: [...grant.scopes] },
          // Auth0 refuses a grant of scopes that the API does not define yet.
          this.child(grant, api ? { dependsOn: [api] } : {}),
        ),
      );
    }
    for (const use of plan.connections) {
      const { id } = auth0.getConnectionOutput({ name: use.connection }, { parent: this });
      this.own(
        new auth0.ConnectionClient(
          use.name,
          { connectionId: id, clientId: client.clientId },
          this.child(use),
        ),
      );
    }
    this.registerOutputs({});
  }
}
