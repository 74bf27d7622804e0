import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { applyAccess } from "../../src/cli/simulate/apply-access.ts";
import { applyFlows } from "../../src/cli/simulate/apply-flows.ts";
import { managementOf } from "../../src/cli/simulate/management.ts";
import { stageNamed } from "../../src/cli/stages.ts";
import { readEstate } from "../../src/estate.ts";
import { plan } from "../../src/plan/index.ts";
import { createTenant, type Tenant } from "../../tenant/index.ts";
import { root } from "../support/shipped.ts";
import { Workspace } from "../support/workspace.ts";

let byEngine: Workspace;
let byCalls: Tenant;
beforeAll(async () => {
  byEngine = await Workspace.create();
  await byEngine.apply();
  byCalls = await createTenant();
  const estate = readEstate(root);
  const stage = { ...stageNamed("dev", estate), tenantDomain: byCalls.domain };
  const planned = plan(estate.model, estate.bundles, stage);
  const manage = await managementOf(byCalls);
  await applyFlows(planned, await applyAccess(planned, byCalls, manage), manage);
});
afterAll(async () => {
  await byEngine.close();
  await byCalls.close();
});

const entities = z.array(z.record(z.string(), z.unknown()));

/** The provider has sets where the API has lists. */
const unordered = (value: unknown) =>
  Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort() : value;

/** Those fields of what a tenant stores of a kind, in an order of their own; a tenant's own domain has one name. */
function stored(
  tenant: Tenant,
  collection: keyof ReturnType<Tenant["snapshot"]>,
  ...fields: readonly string[]
) {
  return entities
    .parse(tenant.snapshot()[collection])
    .map((each) =>
      JSON.stringify(fields.map((field) => unordered(each[field]))).replaceAll(tenant.domain, "DOMAIN"),
    )
    .sort();
}

describe("a plan that is simulated", () => {
  it.each([
    ["resource_servers", ["identifier", "name", "scopes", "token_lifetime", "allow_offline_access"]],
    ["resource_servers", ["identifier", "enforce_policies", "token_dialect", "signing_alg"]],
    ["resource_servers", ["identifier", "subject_type_authorization"]],
    ["roles", ["name", "description"]],
    ["role_permissions", ["resource_server_identifier", "permission_name"]],
    ["clients", ["name", "app_type", "grant_types", "callbacks", "client_metadata"]],
    ["clients", ["name", "oidc_conformant", "token_endpoint_auth_method"]],
    ["client_grants", ["audience", "scope", "subject_type"]],
    ["hooks", ["name", "triggerId", "script", "enabled"]],
    ["rules", ["name", "script", "enabled"]],
    ["rules_configs", ["key"]],
  ] as const)("leaves %s with the %j that an engine gives them", (collection, fields) => {
    expect(stored(byCalls, collection, ...fields)).toEqual(stored(byEngine.tenant, collection, ...fields));
  });
});
