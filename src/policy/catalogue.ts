/**
 * What a checkout declares, as types: `hooks/catalogue.ts` adds `role`, `scope`, `client`, `stage` and `secret`. Without
 * that file every name type-checks, and wrong ones are found when flows are loaded.
 */
// biome-ignore lint/suspicious/noEmptyInterface: an interface, since only interfaces can be added to from another file
export interface Catalogue {}

type Declared<Kind extends string> =
  Catalogue extends Record<Kind, infer Name extends string> ? Name : string;

/** Keys of the roles in `rbac/roles/`. */
export type RoleKey = Declared<"role">;
/** Names of the plain stage values in `config:` of Pulumi.yaml. */
export type StageName = Declared<"stage">;
/** Names of the secret ones. */
export type SecretName = Declared<"secret">;
