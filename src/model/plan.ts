// Everything one stack gets, as data: the access model and the bundles with the stage's values put in. `declare` obeys it.
import type { PublicKey } from "./declarations.ts";
import type { Dependency, Extensibility, Flow, Lane } from "./flows.ts";
import type { LogicalName } from "./names.ts";
import type { StageValues } from "./stage.ts";

/** What every planned thing has. */
interface Planned {
  readonly name: LogicalName;
  /** Names it had before: the same thing in Auth0, not a new one. */
  readonly formerNames: readonly LogicalName[];
}

export interface ApiPlan extends Planned {
  readonly protect: boolean;
  readonly displayName: string;
  readonly identifier: string;
  /** Seconds. */
  readonly tokenLifetime: number;
  readonly offlineAccess: boolean;
  readonly enforceRbac: boolean;
  readonly requireUserGrants: boolean;
  /** In the order of the file, which the first `up` gives to Auth0. */
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
}

export interface RolePlan extends Planned {
  readonly protect: boolean;
  readonly displayName: string;
  readonly description: string;
  /** Sorted by API, then scope. */
  readonly permissions: readonly {
    readonly api: LogicalName;
    readonly identifier: string;
    readonly scope: string;
  }[];
}

export interface GrantPlan extends Planned {
  readonly audience: string;
  /** The declared API it waits for; undefined for the Management API. */
  readonly api: LogicalName | undefined;
  readonly subject: "client" | "user";
  readonly scopes: readonly string[];
}

export interface ClientPlan extends Planned {
  readonly protect: boolean;
  readonly displayName: string;
  readonly description: string;
  readonly appType: "non_interactive" | "regular_web" | "spa" | "native";
  readonly grantTypes: readonly string[];
  /** How the client proves who it is at the token endpoint. */
  readonly authenticationMethod: "client_secret_post" | "private_key_jwt" | "none";
  /** What Auth0 verifies the client's signatures with; only with `private_key_jwt`. */
  readonly publicKeys: readonly PublicKey[];
  /** What policies are told of the client. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly callbacks: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly connections: readonly (Planned & { readonly connection: string })[];
  readonly grants: readonly GrantPlan[];
}

/** A value that travels apart from the code. Secrets are named here, never held. */
export type PlannedValue = { readonly key: string; readonly name: LogicalName } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "secret"; readonly secret: string }
  | { readonly kind: "role-id"; readonly role: LogicalName }
  | { readonly kind: "client-id" | "client-secret"; readonly client: LogicalName }
);

/** The code of one flow in the extensibility of the stack. */
export interface FlowPlan {
  readonly name: LogicalName;
  readonly displayName: string;
  readonly lane: Lane;
  /** Auth0's name of the moment, and the version of its event that actions are written for; rules have but one. */
  readonly trigger: { readonly id: string; readonly version: string };
  readonly code: string;
  /** Packages that Auth0 installs beside the code. */
  readonly dependencies: readonly Dependency[];
  /** Display names of actions of others that run before and after this one. */
  readonly externalActions: Flow["externalActions"];
  readonly values: readonly PlannedValue[];
  /** What must be there before the code runs for the first time. */
  readonly after: {
    readonly roles: readonly LogicalName[];
    readonly clients: readonly LogicalName[];
  };
}

/** Every list is in the order of its source: APIs, roles and clients by key, flows as they happen. */
export interface Plan {
  readonly apis: readonly ApiPlan[];
  readonly roles: readonly RolePlan[];
  readonly clients: readonly ClientPlan[];
  readonly flows: readonly FlowPlan[];
}

/** What a stack decides: its plain stage values, the tenant it is bound to, and how Rolebook works there. */
export interface Stage {
  readonly values: StageValues;
  /** Host, and port if it is not 443, of the tenant: `auth0:domain`. */
  readonly tenantDomain: string;
  readonly extensibility: Extensibility;
  readonly protect: boolean;
}
