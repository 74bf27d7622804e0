import { loadFlows } from "../../src/bundle/index.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { checkout } from "./checkout.ts";

/** A finding as `code file:line:column-column`, in short: a span of one line. */
export function inShort({ code, at: { file, start, end } }: Diagnostic): string {
  const columns = end.column > start.column ? `${start.column}-${end.column}` : `${start.column}`;
  return `${code} ${file}:${start.line}:${columns}`;
}

/** What is found in the flows of a checkout with these files. */
export function findings(files: Readonly<Record<string, string>>): readonly string[] {
  return loadFlows(checkout(files)).diagnostics.map(inShort);
}

/** A policy in hooks/own.ts, which stands in the login flow; `files` stand beside it. */
export function ownPolicy(text: string, files: Readonly<Record<string, string>> = {}) {
  return {
    "hooks/own.ts": text,
    "hooks/flows.ts": `import { flows } from "#policy";
import own from "./own.ts";
export default flows({ login: [own({})] });`,
    ...files,
  };
}

/** A policy with these parts in its definition, from line 4 on, and this body of `run`, in line 6 unless parts are longer. */
export function policyWith(parts: string, body = ""): string {
  return `import { policy } from "#policy";
export default policy({
  name: "own", on: ["login"], settings: {},
  ${parts}
  async run({ event, management, fetchJson }) {
${body}
  },
});`;
}
