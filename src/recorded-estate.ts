// What a state of a checkout comes to by its files alone: nothing in it is run. Flows are what hooks/flows.lock says.
import { parse, readTree, resolve, type SourceTree } from "./compile/index.ts";
import type { AccessModel } from "./model/access-model.ts";
import type { Declarations } from "./model/declarations.ts";
import { type Diagnostic, sortDiagnostics } from "./model/diagnostic.ts";
import type { Flows } from "./model/flows.ts";
import type { SourceFile } from "./model/source.ts";

/** One side of a review. */
export interface RecordedEstate {
  readonly sources: readonly SourceFile[];
  readonly declarations: Declarations;
  readonly flows: Flows;
  readonly model: AccessModel;
  /** What is wrong in the files, sorted. The model can be compared only if none is an error. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and compiles the files of the tree. */
export function recordedEstate(tree: SourceTree): RecordedEstate {
  const { value: sources, diagnostics: found } = readTree(tree);
  const parsed = parse(sources);
  const flows: Flows = { flows: [] };
  const resolved = resolve(parsed.value, flows, parsed.value.stacks);
  return {
    sources,
    declarations: parsed.value,
    flows,
    model: resolved.value,
    diagnostics: sortDiagnostics([...found, ...parsed.diagnostics, ...resolved.diagnostics]),
  };
}
