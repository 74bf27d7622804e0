import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** Node's own modules that a policy may load; left out is what reaches the disk, other processes or this process. */
const allowed: ReadonlySet<string> = new Set([
  "assert",
  "async_hooks",
  "buffer",
  "constants",
  "crypto",
  "dns",
  "dns/promises",
  "events",
  "http",
  "http2",
  "https",
  "net",
  "os",
  "path",
  "path/posix",
  "perf_hooks",
  "punycode",
  "querystring",
  "stream",
  "stream/consumers",
  "stream/promises",
  "stream/web",
  "string_decoder",
  "timers",
  "timers/promises",
  "tls",
  "url",
  "util",
  "util/types",
  "zlib",
]);

/** The `require` of policies: Node's own modules from a list; anything else is `MODULE_NOT_FOUND`, worded as Auth0's. */
export function createPolicyRequire(processStub: object): (name: unknown) => unknown {
  return (name) => {
    const bare = String(name).replace(/^node:/, "");
    if (bare === "process") return processStub;
    if (allowed.has(bare)) return load(`node:${bare}`);
    throw Object.assign(new Error(`Cannot find module '${String(name)}'`), { code: "MODULE_NOT_FOUND" });
  };
}
