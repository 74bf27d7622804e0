import type { AccessModel } from "../model/access-model.ts";

/** The access model as a stack output: short enough to be read whenever the engine prints it. */
export interface AccessOutline {
  readonly apis: Readonly<Record<string, ApiOutline>>;
  readonly roles: Readonly<Record<string, { readonly name: string; readonly permissions: ScopesByApi }>>;
  readonly clients: Readonly<Record<string, ClientOutline>>;
}

/** Scopes by the key of their API, sorted and joined with blanks as in a token's `scope`. */
type ScopesByApi = Readonly<Record<string, string>>;

interface ApiOutline {
  readonly identifier: string;
  /** Seconds. */
  readonly tokenLifetime: number;
  readonly offlineAccess: boolean;
  readonly enforceRbac: boolean;
  readonly scopes: string;
}

interface ClientOutline {
  readonly type: string;
  readonly grants: ScopesByApi;
  readonly callbacks: readonly string[];
  readonly connections: readonly string[];
}

/** Everything of the model that decides who may do what, by key; templates unfilled, the same in every stage. */
export function outline(model: AccessModel): AccessOutline {
  return {
    apis: byKey(model.apis, ({ identifier, tokenLifetime, offlineAccess, enforceRbac, scopes }) => ({
      identifier,
      tokenLifetime,
      offlineAccess,
      enforceRbac,
      scopes: joined(scopes.map(({ value }) => value)),
    })),
    roles: byKey(model.roles, ({ name, permissions }) => ({
      name,
      permissions: Object.fromEntries(
        [...Map.groupBy(permissions, ({ api }) => api)].map(([api, held]) => [
          api,
          joined(held.map(({ scope }) => scope)),
        ]),
      ),
    })),
    clients: byKey(model.clients, ({ type, grants, callbacks, connections }) => ({
      type,
      grants: Object.fromEntries(grants.map(({ api, scopes }) => [api, joined(scopes)])),
      callbacks,
      connections,
    })),
  };
}

function byKey<T extends { readonly key: string }, R>(
  items: readonly T[],
  describe: (item: T) => R,
): Record<string, R> {
  return Object.fromEntries(items.map((item) => [item.key, describe(item)]));
}

const joined = (scopes: readonly string[]) => [...scopes].sort().join(" ");
