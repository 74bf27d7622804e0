import * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import type { ApiPlan } from "../model/plan.ts";
import { Component } from "./component.ts";

/** An API with all of its scopes. Other scopes that somebody adds in the tenant are removed by the next `up`. */
export class Api extends Component {
  constructor(plan: ApiPlan, options?: pulumi.ComponentResourceOptions) {
    super("Api", plan, options);
    const { protect } = plan;
    const server = this.own(
      new auth0.ResourceServer(
        plan.name,
        {
          name: plan.displayName,
          identifier: plan.identifier,
          tokenLifetime: plan.tokenLifetime,
          allowOfflineAccess: plan.offlineAccess,
          enforcePolicies: plan.enforceRbac,
          tokenDialect: plan.enforceRbac ? "access_token_authz" : "access_token",
          signingAlg: "RS256",
          subjectTypeAuthorization: {
            user: { policy: plan.requireUserGrants ? "require_client_grant" : "allow_all" },
            client: { policy: "require_client_grant" },
          },
          skipConsentForVerifiableFirstPartyClients: true,
        },
        this.child(plan, { protect }),
      ),
    );
    this.own(
      new auth0.ResourceServerScopes(
        plan.name,
        { resourceServerIdentifier: server.identifier, scopes: [...plan.scopes] },
        this.child(plan, { protect }),
      ),
    );
    this.registerOutputs({});
  }
}
