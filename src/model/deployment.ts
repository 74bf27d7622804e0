/** What a stack's configuration says of how the provider signs in to the tenant; undefined is left to the environment. */
export interface SignInSettings {
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly apiToken: string | undefined;
  /** Of the Management API, for tenants that are reached by a domain of one's own. */
  readonly audience: string | undefined;
}

/** What has to be so in a tenant before a plan can be applied to it. */
export interface DeploymentNeeds {
  /** Scopes of the Management API that the deploying client is granted, sorted. */
  readonly scopes: readonly string[];
  /** Names of the connections that are there, sorted. */
  readonly connections: readonly string[];
  /**
   * Triggers of which the whole list of bindings is taken over, with the names of the actions that then stand in it;
   * `external` are those that somebody else has to have made.
   */
  readonly bindings: readonly {
    readonly trigger: string;
    readonly actions: readonly string[];
    readonly external: readonly string[];
  }[];
}
