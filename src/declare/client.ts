import * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import type { PublicKey } from "../model/declarations.ts";
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
    const hasKeys = plan.publicKeys.length > 0;
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
          ...(Object.keys(plan.metadata).length > 0 && { clientMetadata: plan.metadata }),
        },
        this.child(plan, { protect }),
      ),
    );
    const credentials = this.own(
      new auth0.ClientCredentials(
        plan.name,
        {
          clientId: client.clientId,
          authenticationMethod: plan.authenticationMethod,
          ...(hasKeys && { privateKeyJwt: { credentials: plan.publicKeys.map(credentialOf) } }),
        },
        // Another key is another resource to the provider, whose deletion of the old one detaches every key there is: it
        // has to come first, and what has to be deleted cannot be protected.
        this.child(plan, hasKeys ? { deleteBeforeReplace: true } : { protect }),
      ),
    );
    this.clientId = client.clientId;
    this.clientSecret = credentials.clientSecret;
    for (const grant of plan.grants) {
      const api = grant.api && apis.get(grant.api);
      this.own(
        new auth0.ClientGrant(
          grant.name,
          {
            clientId: client.clientId,
            audience: grant.audience,
            subjectType: grant.subject,
            scopes: [...grant.scopes],
          },
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

function credentialOf({
  name,
  algorithm,
  pem,
}: PublicKey): auth0.types.input.ClientCredentialsPrivateKeyJwtCredential {
  return { name, algorithm, pem, credentialType: "public_key" };
}
