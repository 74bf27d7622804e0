// What policies are told of clients, which Auth0 bounds.
import { allowedRolesName, allowedRolesText } from "../../model/allowed-roles.ts";
import { limits } from "../../model/limits.ts";
import { rolesThatInclude } from "../inclusion.ts";
import type { Rule } from "../rule.ts";

/** What policies are told of allowed roles fits into the metadata of a client. */
export const allowedRolesFitIntoMetadata: Rule = (lookup, report) => {
  for (const { key, allowedRoles } of lookup.declarations.clients) {
    const [first] = allowedRoles ?? [];
    if (!allowedRoles || !first) continue;
    const names = rolesThatInclude(allowedRoles, lookup).flatMap((role) => lookup.roles.get(role) ?? []);
    for (const { key: role, name } of names)
      if (name.value.includes(","))
        report(
          "bad-value",
          name.at,
          `role "${role}" has a comma in its name, and client "${key}" allows it: commas part the names of allowed roles`,
          { related: [{ message: `allowed roles of client "${key}"`, at: first.at }] },
        );
    const { length } = allowedRolesText(names.map(({ name }) => name.value));
    if (length > limits.clientMetadataText)
      report(
        "limit-exceeded",
        first.at,
        `client "${key}" allows ${names.length} roles, whose names take ${length} characters, Auth0 takes ${limits.clientMetadataText} at most`,
        {
          help: "roles that include an allowed one are counted; allow roles that fewer include, or give them shorter names",
        },
      );
  }
};

/** A client has no more metadata than Auth0 takes, what its allowed roles come to included. */
export const metadataIsSmall: Rule = ({ declarations }, report) => {
  for (const { key, metadata, allowedRoles } of declarations.clients) {
    const most = limits.clientMetadata - (allowedRoles ? 1 : 0);
    const tooMany = metadata[most];
    const kept = allowedRoles ? ` beside "${allowedRolesName}"` : "";
    if (tooMany)
      report(
        "limit-exceeded",
        tooMany.name.at,
        `client "${key}" has ${metadata.length} names in its metadata, Auth0 takes ${most} at most${kept}`,
      );
  }
};
