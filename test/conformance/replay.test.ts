// Recorded traffic of a real tenant, replayed against ours. Needs the recordings in a folder beside the checkout, so this
// suite is run by `npm run conformance` and in pipelines.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTenant } from "../../tenant/index.ts";

const recordings =
  process.env.ROLEBOOK_CONFORMANCE ?? join(import.meta.dirname, "../../../shared/conformance");

interface Report {
  readonly totals: {
    readonly groups: Readonly<Record<string, { readonly match: number; readonly mismatch: number }>>;
  };
}

let report: Report;

beforeAll(async () => {
  const tenant = await createTenant();
  try {
    const token = await tenant.managementToken();
    const args = [join(recordings, "replay.mjs"), "--base", tenant.url, "--token", token, "--json"];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: tenant.ca.path };
    const output = await new Promise<string>((resolve) =>
      // Its status is 1 as long as anything differs: the table below says what may.
      execFile(process.execPath, args, { env, maxBuffer: 1 << 26 }, (_, stdout) => resolve(stdout)),
    );
    report = JSON.parse(output) as Report; // the harness's own format
  } finally {
    await tenant.close();
  }
});

describe("recorded traffic", () => {
  it.each([
    "resource-servers",
    "role-permissions",
    "role-users",
    "users",
    "user-roles",
    "user-permissions",
    "client-credentials",
    "hooks",
    "hook-secrets",
    "rules",
    "rules-configs",
    "actions",
    "action-triggers",
    "connection-clients",
    "tenant-settings",
  ])("of %s is answered without any difference", (group) => {
    expect(report.totals.groups[group]).toMatchObject({ mismatch: 0 });
  });

  // What is left waits for endpoints that are not there yet, organizations above all, or lists what strangers had made.
  it.each([
    { group: "roles", match: 119 },
    { group: "clients", match: 543 },
    { group: "client-grants", match: 13 },
    { group: "connections", match: 208 },
  ])("of $group is answered alike in $match steps or more", ({ group, match }) => {
    expect(report.totals.groups[group]?.match).toBeGreaterThanOrEqual(match);
  });
});
