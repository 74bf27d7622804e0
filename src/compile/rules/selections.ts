import { managementApi } from "../../model/names.ts";
import { isPattern } from "../../model/pattern.ts";
import type { Located } from "../../model/source.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";
import { allSelections, takesAny } from "../select-scopes.ts";
import { pathOf } from "../source-kind.ts";
import { placed, placeOf, quote, suggest } from "../wording.ts";

/** What roles and clients select scopes of is an API. */
export const selectionsNameApis: Rule = (lookup, report) => {
  const { apis, clients, incomplete } = lookup.declarations;
  const named = [
    ...allSelections(lookup).map(({ owner, selection }) => ({ owner, api: selection.api })),
    ...clients.flatMap(({ key, grants }) =>
      grants
        .filter(({ kind }) => kind === "from-policies")
        .map(({ api }) => ({ owner: `client "${key}"`, api })),
    ),
  ];
  for (const { owner, api } of named)
    if (!lookup.scopes.has(api.value) && !incomplete.has(pathOf("api", api.value)))
      report(
        "unknown-api",
        api.at,
        `${owner} uses the API ${quote(api.value)}, which is not declared`,
        suggest(api.value, [...apis.map(placed), managementApi]),
      );
};

/** Scopes that are selected are defined by their API, and a pattern matches one at least. */
export const selectionsNameScopes: Rule = (lookup, report) => {
  for (const { owner, selection } of allSelections(lookup)) {
    const defined = lookup.scopes.get(selection.api.value);
    if (!defined || isIncomplete(selection.api.value, lookup)) continue;
    for (const { value, at } of selection.scopes) {
      if (takesAny(value, defined)) continue;
      if (isPattern(value))
        report(
          "empty-pattern",
          at,
          `${owner} uses the pattern ${quote(value)}, which matches no scope of API "${selection.api.value}"`,
          suggest(value, [...defined.values()]),
        );
      else
        report(
          "unknown-scope",
          at,
          `${owner} uses ${quote(value)}, which API "${selection.api.value}" does not define`,
          suggest(value, [...defined.values()]),
        );
    }
  }
};

function isIncomplete(api: string, { apis, declarations }: Lookup): boolean {
  const declared = apis.get(api);
  return declared !== undefined && declarations.incomplete.has(declared.at.file);
}

/** Nobody selects a scope twice. */
export const selectionsNameScopesOnce: Rule = (lookup, report) => {
  for (const { owner, selection } of allSelections(lookup)) {
    const seen = new Map<string, Located<string>>();
    for (const scope of selection.scopes) {
      const first = seen.get(scope.value);
      if (!first) seen.set(scope.value, scope);
      else
        report(
          "duplicate-scope",
          scope.at,
          `${owner} uses ${quote(scope.value)} of API "${selection.api.value}" twice (${placeOf(first.at)})`,
          { related: [{ message: "first written here", at: first.at }] },
        );
    }
  }
};

/** Roles give no permissions of the Management API: users' tokens for it carry none. */
export const rolesLeaveManagementAlone: Rule = ({ declarations }, report) => {
  for (const { key, permissions } of declarations.roles)
    for (const { api } of permissions)
      if (api.value === managementApi)
        report(
          "grant-not-allowed",
          api.at,
          `role "${key}" has permissions of the Management API, which only machine clients can be granted`,
        );
};
