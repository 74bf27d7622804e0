// The local tenant as a process of its own, on a core of its own, and what it uses.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";

/** A server that is measured. */
export interface Server {
  readonly url: string;
  /** Its authority, in PEM. */
  readonly ca: string;
  /** Milliseconds from the start of the process to its first answer over TLS. */
  readonly startedIn: number;
  /** Milliseconds of processor time so far, of policies' processes not counted. */
  processor(): number;
  /** Memory that it holds, in MiB. */
  mebibytes(): number;
  stop(): Promise<void>;
}

/** Whether processes can be bound to a core: by `taskset`, if there are two cores. */
export const canPin = spawnSync("taskset", ["-c", "1", "true"]).status === 0;

/** Binds this process, which makes the load, to another core than the servers'. */
export function pinLoad(): void {
  if (canPin) spawnSync("taskset", ["-a", "-cp", "1", String(process.pid)]);
}

/** A benchmark that fails must not leave ports taken. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill();
});

/** Starts a script that prints a line of JSON with `url` and `ca`, a path, once it listens. */
export async function startServer(args: readonly string[], cwd: string): Promise<Server> {
  const start = performance.now();
  const command = canPin ? ["taskset", "-c", "0", process.execPath] : [process.execPath];
  const [program = "", ...rest] = [...command, ...args];
  const child = spawn(program, rest, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    once(child, "exit").then(([status]) =>
      Promise.reject(new Error(`${args.join(" ")} ended with ${status}`)),
    ),
  ]);
  const { url, ca: path }: { url: string; ca: string } = JSON.parse(String(line));
  const ca = readFileSync(path, "utf8");
  await ask(url, ca);
  const startedIn = performance.now() - start;
  return {
    url,
    ca,
    startedIn,
    processor: () => processorOf(child),
    mebibytes: () => Number(/VmRSS:\s+(\d+)/.exec(readProc(child, "status"))?.[1]) / 1024,
    stop: async () => {
      running.delete(child);
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** The body of what a server answers to a GET, with a token if one is given. */
export const ask = (url: string, ca: string, token?: string) =>
  new Promise<string>((resolve, reject) => {
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    request(url, { ca, headers, agent: false }, async (response) =>
      resolve((await response.toArray()).join("")),
    )
      .on("error", reject)
      .end();
  });

/** User and system time are the 14th and 15th field, in hundredths of a second; see proc(5). */
function processorOf(child: ChildProcess): number {
  const [, , ...fields] = readProc(child, "stat").split(") ").join(" ) ").split(" ").filter(Boolean);
  return (Number(fields[12]) + Number(fields[13])) * 10;
}

const readProc = ({ pid }: ChildProcess, file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8");
