import type { Estate } from "../../estate.ts";
import type { Api } from "../../model/access-model.ts";
import type { Span } from "../../model/source.ts";
import { type Holder, whoCan } from "../../review/index.ts";

/** That somebody gives a permission, and the line of the declarations that says so. */
export interface PermissionSource {
  /** The role by its name in tokens, as `role Customer`, or the client by its key. */
  readonly holder: string;
  readonly at: Span;
}

/** Whom a token is about: names of the roles a person has, or a machine, any if its key is not known. */
type Bearer = { readonly roles: readonly string[] } | { readonly machine: string | undefined };

/** Which of the bearer's roles, or grants, give a scope of an API: by key, each with the first line that does it. */
export function permissionSources(
  scope: string,
  api: Api,
  bearer: Bearer,
  { model, declarations }: Pick<Estate, "model" | "declarations">,
): readonly PermissionSource[] {
  const nameOf = new Map<string, string>(model.roles.map(({ key, name }) => [key, name]));
  const isOf = ({ kind, key }: Holder) =>
    "machine" in bearer
      ? kind === "client" && key === (bearer.machine ?? key)
      : kind === "role" && bearer.roles.includes(nameOf.get(key) ?? "");
  const asked = whoCan(`${api.key}/${scope}`, model, declarations);
  return asked
    .flatMap(({ holdings }) => holdings)
    .flatMap(({ holder, reasons: [reason] }) =>
      isOf(holder) && reason
        ? [{ holder: `${holder.kind} ${nameOf.get(holder.key) ?? holder.key}`, at: reason.giving.at }]
        : [],
    );
}
