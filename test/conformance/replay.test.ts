// Recorded traffic of a real tenant, replayed against ours. Needs the recordings in a folder beside the checkout, so this
// suite is run by `npm run conformance` and in pipelines.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTenant } from "../../tenant/index.ts";
import { recordings } from "./recordings.ts";

interface Report {
  readonly totals: { readonly match: number };
  readonly cassettes: readonly {
    readonly name: string;
    readonly mismatches: readonly { readonly step: number; readonly request: string }[];
  }[];
}

let report: Report;

beforeAll(async () => {
  const tenant = await createTenant();
  try {
    const token = await tenant.managementToken();
    const args = [join(recordings, "replay.mjs"), "--base", tenant.url, "--token", token, "--json"];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: tenant.ca.path };
    const output = await new Promise<string>((resolve) =>
      // Its status is 1 as long as anything differs: the list below says what may.
      execFile(process.execPath, args, { env, maxBuffer: 1 << 26 }, (_, stdout) => resolve(stdout)),
    );
    report = JSON.parse(output) as Report; // the harness's own format
  } finally {
    await tenant.close();
  }
});

/**
 * The steps that no tenant can answer like the recording. After a POST to a collection the harness compares the whole
 * list of it, with what strangers had made in the recorded tenant.
 */
const NOT_REPRODUCIBLE: Readonly<
  Record<string, { readonly steps: readonly number[]; readonly why: string }>
> = {
  TestAccConnectionOptionsAttrEmail: { steps: [8], why: "lists strangers' connections" },
  TestAccConnectionOptionsAttrPhoneNumber: { steps: [8], why: "lists strangers' connections" },
  TestAccConnectionOptionsAttrUserName: { steps: [8], why: "lists strangers' connections" },
  TestAccDataClients: { steps: [10, 11, 14, 17, 18, 21, 24, 25, 28], why: "lists strangers' clients" },
  TestAccDataSourceClientGrantOrganizations: {
    steps: [5, 14],
    why: "shows a client without its secret, which every other recording shows",
  },
  TestAccOrganizationClient: {
    steps: [26],
    why: "finds a client in an organization after both were deleted",
  },
};

describe("recorded traffic", () => {
  it("is answered without any difference but where nothing else is possible", () => {
    const differing = report.cassettes
      .filter(({ mismatches }) => mismatches.length > 0)
      .map(({ name, mismatches }) => [name, mismatches.map(({ step }) => step)]);
    const possible = Object.entries(NOT_REPRODUCIBLE).map(([name, { steps }]) => [name, steps]);
    expect(Object.fromEntries(differing)).toEqual(Object.fromEntries(possible));
  });

  it("is compared in as many steps as before", () => {
    expect(report.totals.match).toBeGreaterThanOrEqual(2907);
  });
});
