// A local tenant as a process, with an account of what it and the processes of its policies use.
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Server, startServer } from "./tenant-process.ts";

const root = join(import.meta.dirname, "..");
const token = "bench-token";

/** Of the tenant. */
export const port = "8463";

/** A tenant as a process, with what it uses and what it was asked. */
export interface PoliciesTenant {
  /** Asks the tenant; rejects where it refuses. */
  send(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
  /** Milliseconds of processor time so far, of the tenant and of all processes that run policies. */
  processor(): number;
  /** Requests so far that the benchmark itself has not sent. */
  callsOfOthers(): Promise<number>;
}

/** Runs `use` on a tenant of its own that is gone when it has returned. */
export async function withTenant<T>(use: (tenant: PoliciesTenant) => Promise<T>): Promise<T> {
  const state = mkdtempSync(join(tmpdir(), "rolebook-bench-"));
  const main = join(root, "src/cli/main.ts");
  const credentials = ["--management-token", token, "--control-token", token];
  const server = await startServer([main, "tenant", "--port", port, "--state", state, ...credentials], root);
  try {
    const { pid }: { pid: number } = JSON.parse(readFileSync(join(state, "tenant.json"), "utf8"));
    let sent = 1; // by what waits for its start
    const send: PoliciesTenant["send"] = (method, path, body) => {
      if (!path.startsWith("/.tenant")) sent += 1;
      return sendTo(server, method, path, body);
    };
    return await use({
      send,
      processor: () => processorOf(pid),
      callsOfOthers: async () => {
        const calls = (await send("GET", "/.tenant/calls")) as unknown as readonly unknown[]; // the call log
        return calls.length - sent;
      },
    });
  } finally {
    await server.stop();
    rmSync(state, { recursive: true });
  }
}

function sendTo(
  { url, ca }: Server,
  method: string,
  path: string,
  body: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    request(`${url}${path}`, { ca, method, headers }, async (response) => {
      const text = (await response.toArray()).join("");
      if (Number(response.statusCode) < 300) resolve(JSON.parse(text || "{}"));
      else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
    })
      .on("error", reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** That of a process and all below it: user and system time, in hundredths of a second; see proc(5). */
function processorOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const children = globSync(`/proc/${pid}/task/*/children`).flatMap((file) =>
    readFileSync(file, "utf8").split(" ").filter(Boolean),
  );
  const own = (Number(fields[11]) + Number(fields[12])) * 10;
  return children.reduce((sum, child) => sum + processorOf(Number(child)), own);
}
