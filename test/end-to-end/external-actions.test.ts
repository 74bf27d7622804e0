// Actions of others in a trigger that a flow is bound to, and packages that Auth0 installs beside the code.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { estateWithPolicies } from "../support/small-estate.ts";
import { Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let restart: () => void;

beforeAll(async () => {
  workspace = await Workspace.create({
    estate: estateWithPolicies,
    config: { "rolebook:extensibility": "actions" },
  });
  for (const name of ["Company audit", "Company trace"]) await deployAction(name);
  workspace.write(
    "hooks/versions.ts",
    `import { policy } from "#policy";
import { stringify } from "yaml";
export default policy({
  name: "versions", on: ["login"], settings: {}, dependencies: { yaml: "2.9.1" },
  run: ({ event }) => console.log(stringify(event.stats)),
});
`,
  );
  restart = workspace.keep();
});
beforeEach(() => restart());
afterAll(() => workspace.close());

async function deployAction(name: string): Promise<void> {
  const { id } = await workspace.manage<{ id: string }>("POST", "/actions/actions", {
    name,
    supported_triggers: [{ id: "post-login", version: "v3" }],
    code: "exports.onExecutePostLogin = async () => {};",
  });
  await workspace.manage("GET", `/actions/actions/${id}`);
  await workspace.manage("POST", `/actions/actions/${id}/deploy`);
}

const loginSteps = (steps: string) =>
  workspace.write(
    "hooks/flows.ts",
    `import { external, flows } from "#policy";
import recordFirstLogin from "./record-first-login.ts";
import versions from "./versions.ts";
export default flows({ login: [${steps}] });
`,
  );

async function bound(): Promise<readonly string[]> {
  const { bindings } = await workspace.manage<{ bindings: readonly { display_name: string }[] }>(
    "GET",
    "/actions/triggers/post-login/bindings",
  );
  return bindings.map((each) => each.display_name);
}

async function refusal(): Promise<string> {
  const { exitCode, diagnostics } = await workspace.up();
  expect(exitCode).not.toBe(0);
  return diagnostics;
}

describe("actions of others", () => {
  const around = 'external("Company audit"), recordFirstLogin({}), versions({}), external("Company trace")';

  it("keep their places around the policies, and the next up has nothing to do", async () => {
    loginSteps(around);
    await workspace.apply();
    expect(await bound()).toEqual(["Company audit", "Rolebook login", "Company trace"]);
    await workspace.apply("--expect-no-changes");
  });

  it("move with flows.ts, and are not unbound because a line is missing", async () => {
    loginSteps(around);
    await workspace.apply();
    loginSteps('external("Company trace"), recordFirstLogin({})');
    expect(await refusal()).toContain('"Company audit"; they would be unbound');
    loginSteps('external("Company trace"), external("Company audit"), recordFirstLogin({})');
    await workspace.apply();
    expect(await bound()).toEqual(["Company trace", "Company audit", "Rolebook login"]);
  });

  it("are missed by their names", async () => {
    loginSteps('external("Nobody"), recordFirstLogin({})');
    expect(await refusal()).toContain('has no action "Nobody", which hooks/flows.ts keeps at "post-login"');
    expect(await bound()).toEqual([]);
  });
});

describe("packages that a policy declares", () => {
  it("are handed to Auth0 with their exact versions", async () => {
    loginSteps("versions({})");
    await workspace.apply();
    const { actions } = await workspace.manage<{ actions: readonly unknown[] }>(
      "GET",
      "/actions/actions?actionName=Rolebook%20login",
    );
    expect(actions).toMatchObject([{ dependencies: [{ name: "yaml", version: "2.9.1" }] }]);
  });
});
