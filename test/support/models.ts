// Builders of valid access models and stages; a test states what differs.
import type { AccessModel, Api, Client, Group, Guardrails, Role } from "../../src/model/access-model.ts";
import type { Bundle } from "../../src/model/bundles.ts";
import type { FlowStep, Flows } from "../../src/model/flows.ts";
import type {
  ApiKey,
  ClientKey,
  GroupKey,
  RoleKey,
  ScopeValue,
  StageValueName,
  Template,
} from "../../src/model/names.ts";
import type { Stage } from "../../src/model/plan.ts";
import { startOf } from "../../src/model/source.ts";

export function api(key: string, scopes: readonly string[], differing: Partial<Api> = {}): Api {
  return {
    key: key as ApiKey,
    name: key as Template,
    identifier: `https://${key}.\${domain}/` as Template,
    owner: undefined,
    tokenLifetime: 3600,
    offlineAccess: false,
    enforceRbac: true,
    requireUserGrants: false,
    scopes: scopes.map((value) => ({
      value: value as ScopeValue,
      description: value as Template,
      risk: "low",
    })),
    formerly: [],
    retired: false,
    ...differing,
  };
}

/** A role with permissions written `api/scope`. */
export function role(key: string, permissions: readonly string[], differing: Partial<Role> = {}): Role {
  return {
    key: key as RoleKey,
    name: key,
    description: `The ${key}` as Template,
    owner: undefined,
    includes: [],
    permissions: permissions.map((text) => {
      const [owner = "", scope = ""] = text.split("/");
      return { api: owner as ApiKey, scope: scope as ScopeValue, via: [key as RoleKey] };
    }),
    reviewBy: undefined,
    formerly: [],
    retired: false,
    ...differing,
  };
}

/** A group that gives these roles by itself, without permissions. */
export function group(key: string, roles: readonly string[], differing: Partial<Group> = {}): Group {
  return {
    key: key as GroupKey,
    name: key,
    description: "" as Template,
    owner: undefined,
    roles: roles as readonly RoleKey[],
    within: [],
    delivery: "claim",
    from: [],
    effective: {
      roles: roles.map((each) => ({ role: each as RoleKey, via: [key as GroupKey] })),
      permissions: [],
    },
    formerly: [],
    retired: false,
    ...differing,
  };
}

/** A machine client with grants by API. */
export function client(
  key: string,
  grants: Readonly<Record<string, readonly string[]>> = {},
  differing: Partial<Client> = {},
): Client {
  return {
    key: key as ClientKey,
    name: key as Template,
    description: "" as Template,
    owner: undefined,
    type: "machine",
    grants: Object.entries(grants).map(([owner, scopes]) => ({
      subject: "client",
      api: owner as ApiKey,
      scopes: scopes as readonly ScopeValue[],
    })),
    isPoliciesClient: false,
    callbacks: [],
    logoutUrls: [],
    connections: [],
    allowedRoles: undefined,
    metadata: {},
    authentication: { kind: "secret" },
    formerly: [],
    retired: false,
    ...differing,
  };
}

export function model(parts: Partial<AccessModel> = {}): AccessModel {
  return { apis: [], roles: [], groups: [], clients: [], guardrails, ...parts };
}

const guardrails: Guardrails = {
  never: [],
  separate: [],
  together: [],
  approve: [],
  approved: [],
  claimLimit: 4096,
};

/** The flow of logins with these steps. */
export function loginFlow(...steps: readonly Partial<FlowStep>[]): Flows {
  const none = {
    uses: [],
    grants: [],
    enforces: [],
    provides: [],
    needs: [],
    wants: [],
    hosts: [],
    dependencies: [],
  };
  return {
    flows: [
      {
        name: "login",
        steps: steps.map(({ policy = "p", file = `hooks/${policy}.ts`, ...differing }) => ({
          policy,
          file,
          at: startOf("hooks/flows.ts"),
          ...none,
          callsUrls: false,
          settings: [],
          ...differing,
        })),
        externalActions: { before: [], after: [] },
      },
    ],
  };
}

/** A flow of logins that turns groups into roles and stores those that are to be stored. */
export const flowsForGroups = loginFlow({ policy: "groups-to-roles", enforces: ["groups", "storedGroups"] });

export function bundle(differing: Partial<Bundle> = {}): Bundle {
  const around = { dependencies: [], externalActions: { before: [], after: [] } };
  return { flow: "login", lane: "action", code: "code", hash: "hash", values: [], ...around, ...differing };
}

export function stage(differing: Partial<Stage> = {}): Stage {
  return {
    values: new Map([["domain" as StageValueName, "example.com"]]),
    tenantDomain: "tenant.example",
    extensibility: "actions",
    protect: true,
    ...differing,
  };
}
