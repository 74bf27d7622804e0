import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "../../toolchain/index.ts";
import { estateWithPolicies } from "../support/small-estate.ts";
import { changingCalls, shown, Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let restore: () => void;

beforeAll(async () => {
  workspace = await Workspace.create({ estate: estateWithPolicies });
  restore = workspace.keep();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

/** The one error of an up in this environment; it changes nothing and shows no stack trace. */
async function errorOfUp(env: Environment = {}): Promise<string> {
  let error = "";
  const calls = await workspace.calls(async () => {
    const args = ["up", "--yes", "--skip-preview"];
    const run = shown(await workspace.run(args, { ...workspace.environment(), ...env }));
    expect(run.exitCode).toBe(1);
    expect(run.diagnostics.match(/error:/g)).toEqual(["error:"]);
    expect(run.output).not.toMatch(/^ +at |unhandled/m);
    error = run.diagnostics.slice(run.diagnostics.indexOf("error: ")).replace(/\n +/g, "\n").trim();
  });
  expect(changingCalls(calls)).toEqual([]);
  return error;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a path
  server.close();
  await once(server, "close");
  return port;
}

describe("an up is refused once and with the way out when", () => {
  it("the tenant cannot be reached", async () => {
    const domain = `localhost:${await freePort()}`;
    workspace.configure({ "auth0:domain": domain });
    expect(await errorOfUp()).toBe(
      `error: the tenant "${domain}" cannot be reached: nothing listens there (ECONNREFUSED)
help: check "auth0:domain" in the stack file and the network; "npm run tenant" starts the local tenant`,
    );
  });

  it("its certificate is not trusted", async () => {
    expect(await errorOfUp({ SSL_CERT_FILE: undefined })).toMatch(
      /^error: the tenant ".*" has a certificate that is not trusted \(\w+\)\nhelp: set SSL_CERT_FILE to a PEM file/,
    );
  });

  it("the tenant refuses the client's secret", async () => {
    const error = await errorOfUp({ AUTH0_CLIENT_SECRET: "not the secret" });
    expect(error).toMatch(
      /^error: the tenant ".*" refuses the client ".*" \(access_denied.*\)\nhelp: set AUTH0_CLIENT_ID and/,
    );
    expect(error).not.toContain("not the secret");
  });

  it("the deploying client lacks a scope", async () => {
    const { deployer } = workspace.tenant;
    const [grant] = await workspace.manage<{ id: string; scope: string[] }[]>(
      "GET",
      `/client-grants?client_id=${deployer.clientId}`,
    );
    await workspace.manage("PATCH", `/client-grants/${grant?.id}`, {
      scope: grant?.scope.filter((scope) => scope !== "create:roles" && scope !== "update:connections"),
    });
    expect(await errorOfUp()).toBe(
      `error: the client "${deployer.clientId}" lacks scopes of the Management API: create:roles, update:connections
help: grant them to the client, in Auth0's dashboard under Applications, APIs, Auth0 Management API`,
    );
  });

  it("the tenant has not the connection that a client uses", async () => {
    workspace.replace("rbac/clients/shop.yaml", "google-oauth2", "google");
    expect(await errorOfUp()).toMatch(
      /^error: the tenant ".*" has no connection "google"\nhelp: make it in the/,
    );
  });

  it("somebody else's action runs at a trigger, which goes on running", async () => {
    const code = "exports.onExecutePostLogin = async () => {};";
    const supported_triggers = [{ id: "post-login", version: "v3" }];
    const audit = { name: "company-audit", code, supported_triggers };
    const { id: value } = await workspace.manage<{ id: string }>("POST", "/actions/actions", audit);
    await workspace.manage("GET", `/actions/actions/${value}`);
    await workspace.manage("POST", `/actions/actions/${value}/deploy`);
    const bindings = "/actions/triggers/post-login/bindings";
    const bound = [{ ref: { type: "action_id", value }, display_name: "company-audit" }];
    await workspace.manage("PATCH", bindings, { bindings: bound });
    workspace.configure({ "rolebook:extensibility": "actions" });
    expect(await errorOfUp()).toMatch(
      /^error: the tenant ".*" runs actions at "post-login" that are not declared here: "company-audit"/,
    );
    expect(await workspace.manage("GET", bindings)).toMatchObject({
      bindings: [{ display_name: "company-audit" }],
    });
  });
});
