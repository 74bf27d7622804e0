import type { Objection, OutsideUses } from "./uses.ts";

/** Globals and modules by which code reaches hosts. */
const globals = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource"];
const modules = ["dgram", "dns", "dns/promises", "http", "http2", "https", "net", "tls", "undici"];

/** Where a program reaches the network by itself; packages that Auth0 installs are somebody's decision, and left alone. */
export function networkUses(uses: OutsideUses, installed: readonly string[] = []): readonly Objection[] {
  return [
    ...uses.globals
      .filter(({ name }) => globals.includes(name))
      .map(({ node, name }) => ({ node, fact: `reaches the network by "${name}"` })),
    ...uses.loads.flatMap(({ node, module = "" }) =>
      modules.includes(module.replace(/^node:/, "")) && !installed.includes(module)
        ? { node, fact: `reaches the network by "${module}"` }
        : [],
    ),
  ];
}
