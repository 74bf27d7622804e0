// The files of rbac/: one thing each, its key the file's name.
import type { z } from "zod";
import type {
  ApiDeclaration,
  ClientDeclaration,
  GrantDeclaration,
  GroupDeclaration,
  RoleDeclaration,
  ScopeSelection,
} from "../model/declarations.ts";
import { defaultTokenLifetime } from "../model/limits.ts";
import {
  type ApiKey,
  type ClientKey,
  type Day,
  type GroupKey,
  managementApi,
  type RoleKey,
} from "../model/names.ts";
import { type SourceFile, type Span, startOf } from "../model/source.ts";
import { checkShape } from "./check-shape.ts";
import type { Report } from "./report.ts";
import { isKey, secondsOf } from "./shape-parts.ts";
import {
  type ApiShape,
  apiShape,
  type ClientShape,
  clientShape,
  type GroupShape,
  groupShape,
  type RoleShape,
  roleShape,
} from "./shapes.ts";
import { quote } from "./wording.ts";
import { located, locatedItems, locatedKeys, locatedTemplate } from "./written.ts";
import { type Path, readYaml, unreadFile, type YamlFile } from "./yaml-file.ts";

/** The API that a file declares; what cannot be read of it is reported and left out. */
export function parseApi(source: SourceFile, key: string, report: Report): ApiDeclaration {
  if (key === managementApi)
    report(
      "reserved-name",
      startOf(source.path),
      'API "management" is Auth0\'s own Management API; it cannot be declared, only granted',
    );
  // An identifier of its own, so that no two unread APIs clash.
  const standIns = { identifier: `urn:unread:${key}` };
  const { file, shape } = read(source, `API ${quote(key)}`, key, apiShape, standIns, report);
  return {
    key: key as ApiKey, // as: `read` reports what is no key
    ...declared(shape, file),
    name: locatedTemplate(shape.name ?? key, file, ["name"]),
    identifier: locatedTemplate(shape.identifier, file, ["identifier"]),
    tokenLifetime: secondsOf(shape.tokenLifetime ?? "") ?? defaultTokenLifetime,
    offlineAccess: shape.offlineAccess ?? false,
    enforceRbac: shape.rbac?.enforce ?? true,
    requireUserGrants: shape.requireUserGrants ?? false,
    scopes: locatedKeys(shape.scopes, file, ["scopes"]).map(({ key: value, value: scope, path }) =>
      typeof scope === "string"
        ? { value, description: locatedTemplate(scope, file, path), risk: undefined }
        : {
            value,
            description: locatedTemplate(scope.description, file, [...path, "description"]),
            risk: scope.risk,
          },
    ),
  };
}

/** The role that a file declares; what cannot be read of it is reported and left out. */
export function parseRole(source: SourceFile, key: string, report: Report): RoleDeclaration {
  const { file, shape } = read(source, `role ${quote(key)}`, key, roleShape, {}, report);
  return {
    key: key as RoleKey, // as: `read` reports what is no key
    ...declared(shape, file),
    name: located(shape.name ?? key, file, ["name"]),
    description: locatedTemplate(shape.description ?? "", file, ["description"]),
    includes: locatedItems(shape.includes, file, ["includes"]),
    permissions: locatedKeys(shape.permissions, file, ["permissions"]).map(({ key: api, value, path }) =>
      selection(api, value, file, path),
    ),
    // as: the shape takes days only
    reviewBy: shape.reviewBy === undefined ? undefined : located(shape.reviewBy as Day, file, ["reviewBy"]),
  };
}

/** The group that a file declares; what cannot be read of it is reported and left out. */
export function parseGroup(source: SourceFile, key: string, report: Report): GroupDeclaration {
  const { file, shape } = read(source, `group ${quote(key)}`, key, groupShape, {}, report);
  return {
    key: key as GroupKey, // as: `read` reports what is no key
    ...declared(shape, file),
    name: located(shape.name ?? key, file, ["name"]),
    description: locatedTemplate(shape.description ?? "", file, ["description"]),
    roles: locatedItems(shape.roles, file, ["roles"]),
    within: locatedItems(shape.within, file, ["within"]),
    delivery: shape.delivery ?? "claim",
    from: shape.from ?? [],
  };
}

/** The client that a file declares; what cannot be read of it is reported and left out. */
export function parseClient(source: SourceFile, key: string, report: Report): ClientDeclaration {
  const standIns = { type: "machine" } as const;
  const { file, shape } = read(source, `client ${quote(key)}`, key, clientShape, standIns, report);
  return {
    key: key as ClientKey, // as: `read` reports what is no key
    ...declared(shape, file),
    name: locatedTemplate(shape.name ?? key, file, ["name"]),
    description: locatedTemplate(shape.description ?? "", file, ["description"]),
    type: located(shape.type, file, ["type"]),
    grants: locatedKeys(shape.grants, file, ["grants"]).map(
      ({ key: api, value, path }): GrantDeclaration =>
        value === "from-policies"
          ? { kind: "from-policies", api, at: file.at(path) }
          : { kind: "scopes", ...selection(api, value, file, path) },
    ),
    callbacks: templates(shape.callbacks, file, ["callbacks"]),
    logoutUrls: templates(shape.logoutUrls, file, ["logoutUrls"]),
    connections: locatedItems(shape.connections, file, ["connections"]),
    allowedRoles: shape.allowedRoles && locatedItems(shape.allowedRoles, file, ["allowedRoles"]),
    metadata: locatedKeys(shape.metadata, file, ["metadata"]).map(({ key: name, value }) => ({
      name,
      value,
    })),
    authentication: shape.authentication && located(shape.authentication, file, ["authentication"]),
    publicKeys: (shape.publicKeys ?? []).map(({ name, algorithm = "RS256", pem }, index) =>
      located({ name, algorithm, pem }, file, ["publicKeys", index, "name"]),
    ),
  };
}

function read<Shape>(
  source: SourceFile,
  subject: string,
  key: string,
  shape: z.ZodType<Shape>,
  standIns: NoInfer<Shape>,
  report: Report,
): { file: YamlFile; shape: Shape } {
  if (!isKey(key))
    report("bad-key", startOf(source.path), `${subject} has a file name that is no key`, {
      help: 'keys are kebab-case, such as "support-agent"',
    });
  const file = readYaml(source, report);
  return file
    ? { file, shape: checkShape(shape, file, subject, standIns, report) }
    : { file: unreadFile(source.path), shape: standIns };
}

function declared(
  { owner, formerly, retired }: ApiShape | RoleShape | GroupShape | ClientShape,
  file: YamlFile,
) {
  const at: Span = file.keyAt([]);
  return {
    at,
    owner: owner === undefined ? undefined : located(owner, file, ["owner"]),
    formerly: locatedItems(formerly, file, ["formerly"]),
    retired: retired && located(retired.reason, file, ["retired", "reason"]),
  };
}

function selection(
  api: ScopeSelection["api"],
  scopes: readonly string[],
  file: YamlFile,
  path: Path,
): ScopeSelection {
  return { api, scopes: locatedItems(scopes, file, path) };
}

function templates(texts: readonly string[] | undefined, file: YamlFile, path: Path) {
  return (texts ?? []).map((text, index) => locatedTemplate(text, file, [...path, index]));
}
