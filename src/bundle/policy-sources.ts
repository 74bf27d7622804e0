// The text of policies: which files they are made of, and what they can do about access.
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Flows } from "../model/flows.ts";
import { type PolicyPower, type PolicySource, policyPowers } from "../model/recorded-flows.ts";
import type { SourceFile } from "../model/source.ts";

/** The files of hooks/ that run in the tenant: hashes of all, and of each policy what its text says. */
export interface PolicySources {
  /** SHA-256 of the text by file, sorted by file; generated files are left out. */
  readonly hashes: ReadonlyMap<string, string>;
  /** By the policy's file. */
  readonly policies: ReadonlyMap<string, PolicySource>;
}

const flowsFile = "hooks/flows.ts";
const generated = "hooks/catalogue.ts";

/** What flows are made of, by the files of their checkout. Of files beside hooks/ nothing is known but that they are imported. */
export function policySources(sources: readonly SourceFile[], { flows }: Flows): PolicySources {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const textOf = (file: string) => texts.get(file) ?? "";
  const reachedFrom = (file: string): ReadonlySet<string> => {
    const reached = new Set([file]);
    // A set that grows while it is gone through is gone through to its new end.
    for (const each of reached)
      for (const target of relativeImports(each, textOf(each))) if (target !== generated) reached.add(target);
    return reached;
  };
  const files = [...new Set(flows.flatMap(({ steps }) => steps.map(({ file }) => file)))].sort();
  const policies = new Map(
    files.map((file): readonly [string, PolicySource] => {
      const reached = [...reachedFrom(file)];
      const does = policyPowers.filter((power) => reached.some((each) => calls(textOf(each), power)));
      return [file, { does, imports: reached.slice(1).sort() }];
    }),
  );
  const known = [...reachedFrom(flowsFile)].filter((file) => texts.has(file)).sort();
  return { hashes: new Map(known.map((file) => [file, hashOfSource(textOf(file))])), policies };
}

function relativeImports(file: string, text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map(([, target = ""]) =>
    posix.join(posix.dirname(file), target),
  );
}

/** True if the text calls a function of that name, however it got hold of it. */
function calls(text: string, power: PolicyPower): boolean {
  return new RegExp(`\\b${power}\\b["'\`]?\\s*\\]?\\s*(?:\\?\\.)?\\(`).test(text);
}

/** SHA-256 of a file's text, lower-case hex, as the lock of the flows holds it. */
export function hashOfSource(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
