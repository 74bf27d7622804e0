// The code that is uploaded, one bundle for each flow and lane: the same bytes on every machine and in every stage.
import type { Dependency, Flow, FlowName, Lane } from "./flows.ts";

/** Where a value that travels apart from the code comes from. */
export type ValueSource =
  | { readonly kind: "stage"; readonly name: string }
  | { readonly kind: "secret"; readonly name: string }
  | { readonly kind: "role-id"; readonly role: string }
  | { readonly kind: "tenant-domain" }
  | { readonly kind: "policies-client-id" }
  | { readonly kind: "policies-client-secret" };

/** A value the code reads when it runs: a hook secret, a rule configuration key or an action secret. */
export interface BundleValue {
  /** Upper case letters, digits and `_`. Rule configuration is shared by the tenant, so each key is prefixed `ROLEBOOK_`. */
  readonly key: string;
  readonly source: ValueSource;
}

export interface Bundle {
  readonly flow: FlowName;
  readonly lane: Lane;
  readonly code: string;
  /** SHA-256 of the code, lower-case hex. */
  readonly hash: string;
  /** Sorted by key. */
  readonly values: readonly BundleValue[];
  /** Packages that Auth0 installs beside the code, sorted by name. */
  readonly dependencies: readonly Dependency[];
  /** Actions of others around this one; rules and hooks have none. */
  readonly externalActions: Flow["externalActions"];
}

/** Every flow in both extensibilities; in the order of `flowNames`, hooks and rules before actions. */
export type Bundles = readonly Bundle[];
