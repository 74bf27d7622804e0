import type { AccessModel, Api, Client, Role } from "../model/access-model.ts";
import { allowedRolesName, allowedRolesText } from "../model/allowed-roles.ts";
import type { Bundle, Bundles, BundleValue } from "../model/bundles.ts";
import type { ClientType } from "../model/declarations.ts";
import type { FlowName, Lane } from "../model/flows.ts";
import { type ApiKey, managementApi, type RoleKey, type StageValueName } from "../model/names.ts";
import type {
  ApiPlan,
  ClientPlan,
  FlowPlan,
  GrantPlan,
  Plan,
  PlannedValue,
  RolePlan,
  Stage,
} from "../model/plan.ts";
import { fillTemplate } from "../model/stage.ts";
import * as names from "./names.ts";

export { deletionScopes, deploymentNeeds, previewNeeds } from "./deployment-needs.ts";
export { type AccessOutline, outline } from "./outline.ts";
export { fingerprint, packRelease, unpackRelease } from "./release.ts";

/** Everything the stack gets. Takes a model and bundles without errors; a name that is missing throws. */
export function plan(model: AccessModel, bundles: Bundles, stage: Stage): Plan {
  const apis = new Map(model.apis.map((api) => [api.key, planApi(api, stage)]));
  return {
    apis: [...apis.values()],
    roles: model.roles.map((role) => planRole(role, apis, stage)),
    clients: model.clients.map((client) => planClient(client, model, apis, stage)),
    flows: bundles.filter(isUsedIn(stage)).map((bundle) => planFlow(bundle, model, stage)),
  };
}

function planApi(api: Api, { values, protect }: Stage): ApiPlan {
  return {
    name: names.apiName(api.key),
    formerNames: api.formerly.map(names.apiName),
    protect: protect && !api.retired,
    displayName: fillTemplate(api.name, values),
    identifier: fillTemplate(api.identifier, values),
    tokenLifetime: api.tokenLifetime,
    offlineAccess: api.offlineAccess,
    enforceRbac: api.enforceRbac,
    requireUserGrants: api.requireUserGrants,
    scopes: api.scopes.map(({ value, description }) => ({
      name: value,
      description: fillTemplate(description, values),
    })),
  };
}

function planRole(role: Role, apis: ReadonlyMap<ApiKey, ApiPlan>, { values, protect }: Stage): RolePlan {
  return {
    name: names.roleName(role.key),
    formerNames: role.formerly.map(names.roleName),
    protect: protect && !role.retired,
    displayName: role.name,
    description: fillTemplate(role.description, values),
    permissions: role.permissions.map(({ api, scope }) => {
      const { name, identifier } = known(apis, api, "API");
      return { api: name, identifier, scope };
    }),
  };
}

const authorizationCode = ["authorization_code", "refresh_token"] as const;

const clientTypes = {
  machine: { appType: "non_interactive", grantTypes: ["client_credentials"] },
  web: { appType: "regular_web", grantTypes: authorizationCode },
  spa: { appType: "spa", grantTypes: authorizationCode },
  native: { appType: "native", grantTypes: authorizationCode },
} as const satisfies Record<ClientType, Partial<ClientPlan>>;

const authenticationMethods = {
  none: "none",
  secret: "client_secret_post",
  "private-key": "private_key_jwt",
} as const;

function planClient(
  client: Client,
  model: AccessModel,
  apis: ReadonlyMap<ApiKey, ApiPlan>,
  stage: Stage,
): ClientPlan {
  const fill = (template: Client["name"]) => fillTemplate(template, stage.values);
  const formerKeys = client.formerly;
  return {
    name: names.clientName(client.key),
    formerNames: formerKeys.map(names.clientName),
    protect: stage.protect && !client.retired,
    displayName: fill(client.name),
    description: fill(client.description),
    ...clientTypes[client.type],
    authenticationMethod: authenticationMethods[client.authentication.kind],
    publicKeys: client.authentication.kind === "private-key" ? client.authentication.publicKeys : [],
    metadata: {
      ...client.metadata,
      ...(client.allowedRoles && { [allowedRolesName]: allowedRolesOf(client.allowedRoles, model) }),
    },
    callbacks: client.callbacks.map(fill),
    logoutUrls: client.logoutUrls.map(fill),
    connections: client.connections.map((connection) => ({
      name: names.connectionName(client.key, connection),
      formerNames: formerKeys.map((key) => names.connectionName(key, connection)),
      connection,
    })),
    grants: client.grants.map(({ api, subject, scopes }): GrantPlan => {
      const formerApis = model.apis.find(({ key }) => key === api)?.formerly ?? [];
      const target =
        api === managementApi
          ? { audience: `https://${stage.tenantDomain}/api/v2/`, api: undefined }
          : grantTarget(known(apis, api, "API"));
      return {
        name: names.grantName(client.key, api),
        formerNames: [client.key, ...formerKeys]
          .flatMap((key) => [api, ...formerApis].map((each) => names.grantName(key, each)))
          .slice(1),
        ...target,
        subject,
        scopes,
      };
    }),
  };
}

function allowedRolesOf(keys: readonly RoleKey[], { roles }: AccessModel): string {
  return allowedRolesText(roles.filter(({ key }) => keys.includes(key)).map(({ name }) => name));
}

function grantTarget({ name, identifier }: ApiPlan): Pick<GrantPlan, "audience" | "api"> {
  return { audience: identifier, api: name };
}

const triggers = {
  preUserRegistration: { id: "pre-user-registration", version: "v2" },
  postUserRegistration: { id: "post-user-registration", version: "v2" },
  credentialsExchange: { id: "credentials-exchange", version: "v2" },
  login: { id: "post-login", version: "v3" },
} as const satisfies Record<FlowName, FlowPlan["trigger"]>;

const isUsedIn =
  ({ extensibility }: Stage) =>
  ({ lane }: { readonly lane: Lane }) =>
    (lane === "action") === (extensibility === "actions");

function planFlow(bundle: Bundle, model: AccessModel, stage: Stage): FlowPlan {
  const { flow, lane, code, values, dependencies, externalActions } = bundle;
  const planned = values.map((value) => planValue(value, model, stage));
  return {
    name: names.flowResourceName(flow, stage.extensibility),
    displayName: names.codeDisplayName(flow),
    lane,
    trigger: triggers[flow],
    code,
    dependencies,
    externalActions,
    values: planned,
    after: {
      roles: unique(planned.flatMap((value) => (value.kind === "role-id" ? [value.role] : []))),
      clients: unique(
        planned.flatMap((value) =>
          value.kind === "client-id" || value.kind === "client-secret" ? [value.client] : [],
        ),
      ),
    },
  };
}

function planValue({ key, source }: BundleValue, model: AccessModel, stage: Stage): PlannedValue {
  const named = { key, name: names.ruleConfigName(key) };
  switch (source.kind) {
    case "stage":
      return {
        ...named,
        kind: "text",
        text: known(stage.values, source.name as StageValueName, "stage value"),
      };
    case "secret":
      return { ...named, kind: "secret", secret: source.name };
    case "role-id":
      return { ...named, kind: "role-id", role: names.roleName(source.role as RoleKey) };
    case "tenant-domain":
      return { ...named, kind: "text", text: stage.tenantDomain };
    case "policies-client-id":
      return { ...named, kind: "client-id", client: policiesClient(model) };
    case "policies-client-secret":
      return { ...named, kind: "client-secret", client: policiesClient(model) };
  }
}

function policiesClient(model: AccessModel): ReturnType<typeof names.clientName> {
  const client = model.clients.find(({ isPoliciesClient }) => isPoliciesClient);
  if (!client) throw new Error("no client has the grant `management: from-policies`");
  return names.clientName(client.key);
}

function known<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, kind: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${kind} "${key}" is not known to the plan`);
  return value;
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
