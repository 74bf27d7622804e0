import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";

const main = join(import.meta.dirname, "../../src/cli/rolebook.js");
let state: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "rolebook-test-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "close");
  }
  rmSync(state, { recursive: true, force: true });
});

/** The command, with what it has written so far, and its end. */
function rolebookTenant(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, "tenant", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const written = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (written.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (written.stderr += text));
  const ended = once(child, "close").then(([status]: unknown[]) => ({ status, ...written }));
  const ready = new Promise<Announced>((resolve, reject) => {
    child.stdout.on("data", () => written.stdout.includes("\n") && resolve(JSON.parse(written.stdout)));
    child.on("close", () => reject(new Error(`it ended: ${written.stderr}`)));
  });
  ready.catch(() => {}); // those that wait for the end alone
  return { child, ready, ended };
}

interface Announced {
  readonly url: string;
  readonly ca: string;
  readonly control: { readonly url: string; readonly token: string };
}

/** What is answered to a request that trusts only the tenant's authority. */
async function ask({ url, ca }: Announced, method: string, path: string, token = "", body?: unknown) {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const sent = request(`${url}${path}`, { ca: readFileSync(ca), headers, method });
  sent.end(body && JSON.stringify(body));
  const [response] = (await once(sent, "response")) as [IncomingMessage]; // as documented
  return { status: response.statusCode, text: await text(response) };
}

const status = async (tenant: Announced, path: string, token = "") =>
  (await ask(tenant, "GET", path, token)).status;

describe("rolebook tenant", () => {
  it("prints one line of JSON once it answers, and nothing else", async () => {
    const { child, ready, ended } = rolebookTenant("--port", "0", "--state", "none");
    const announced = await ready;
    expect(announced).toEqual({
      url: expect.stringMatching(/^https:\/\/localhost:\d+$/),
      ca: expect.stringMatching(/ca\.pem$/),
      control: { url: `${announced.url}/.tenant`, token: expect.any(String) },
    });
    expect(await status(announced, "/.well-known/jwks.json")).toBe(200);
    expect(await status(announced, "/.tenant/calls", announced.control.token)).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual({ status: 0, stdout: `${JSON.stringify(announced)}\n`, stderr: "" });
  });

  it("ends well when it is interrupted, and leaves nothing that misleads", async () => {
    const { child, ready, ended } = rolebookTenant("--port", "0", "--state", state);
    await ready;
    expect(statSync(join(state, "tenant.json")).mode & 0o777).toBe(0o600);
    child.kill("SIGINT");
    expect((await ended).status).toBe(0);
    expect(readdirSync(state)).toEqual(["ca.pem", "tenant.db", "tenant.db-seal"]);
  });

  it("takes the management token it is given, and neither prints nor keeps it", async () => {
    const token = "a-token-of-mine";
    const { child, ready, ended } = rolebookTenant(
      "--port",
      "0",
      "--state",
      state,
      "--management-token",
      token,
    );
    const announced = await ready;
    expect(await status(announced, "/api/v2/roles", token)).toBe(200);
    expect(await status(announced, "/api/v2/roles", "another")).toBe(400);
    const files = readdirSync(state).map((file) => readFileSync(join(state, file), "latin1"));
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    expect([...files, stdout, stderr].filter((text) => text.includes(token))).toEqual([]);
  });

  it("has the rate limits of the plan it is given", async () => {
    const token = "a-token-of-mine";
    const { ready } = rolebookTenant(
      ...["--port", "0", "--state", "none", "--plan", "free", "--management-token", token],
    );
    const announced = await ready;
    const statuses = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() => status(announced, "/api/v2/roles", token)),
    );
    expect(statuses).toContain(429);
  });

  it("lets policies reach the hosts it is given, and no others", async () => {
    const outside = createServer((_request, response) => response.end("{}")).listen(0, "127.0.0.1");
    onTestFinished(() => void outside.close());
    await once(outside, "listening");
    const { port } = outside.address() as AddressInfo; // not a pipe
    const script = `module.exports = (user, context, cb) =>
      require("http").get("http://127.0.0.1:${port}", () => cb(null, { user })).on("error", cb);`;
    const signUp = async (...options: string[]) => {
      const { ready } = rolebookTenant(
        "--port",
        "0",
        "--state",
        "none",
        "--management-token",
        "t",
        ...options,
      );
      const tenant = await ready;
      const make = async (method: string, path: string, body?: unknown) => {
        const answer = await ask(tenant, method, `/api/v2/${path}`, "t", body);
        return answer.text && JSON.parse(answer.text);
      };
      await make("POST", "hooks", { name: "ask", script, triggerId: "pre-user-registration", enabled: true });
      const { client_id } = await make("POST", "clients", { name: "Shop" });
      const [{ id, name: connection }] = await make("GET", "connections");
      await make("PATCH", `connections/${id}/clients`, [{ client_id, status: true }]);
      const person = { client_id, connection, email: "ada@example.com", password: "Correct-Horse-1" };
      return (await ask(tenant, "POST", "/dbconnections/signup", "", person)).status;
    };
    expect(await signUp("--network", `127.0.0.1:${port}`)).toBe(200);
    expect(await signUp("--network", "all")).toBe(200);
    expect(await signUp("--network", "127.0.0.1:1")).toBe(400);
    expect(await signUp()).toBe(400);
  });

  it("says the way out of what it cannot do", async () => {
    const refusals = await Promise.all(
      [
        ["--plan", "fre"],
        ["--port", "70000"],
        ["--port", "0", "--state", "/proc/nope"],
        ["--sed", "1"],
      ].map(async (args) => (await rolebookTenant(...args).ended) as unknown),
    );
    expect(refusals).toEqual([
      { status: 2, stdout: "", stderr: expect.stringContaining('did you mean "free"?') },
      { status: 2, stdout: "", stderr: expect.stringContaining("from 0 to 65535") },
      { status: 2, stdout: "", stderr: expect.stringContaining("choose another one") },
      { status: 2, stdout: "", stderr: expect.stringContaining('"--seed"') },
    ]);
  });
});
