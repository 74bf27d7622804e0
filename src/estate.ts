// What a checkout declares, from its files to its bundles: the one way the program, the checks and reviews get it.
import { bundle, loadFlows } from "./bundle/index.ts";
import { acceptWarnings, parse, readSources, resolve, unneededAcceptances } from "./compile/index.ts";
import type { AccessModel } from "./model/access-model.ts";
import type { Bundles } from "./model/bundles.ts";
import type { Declarations, StackDeclaration } from "./model/declarations.ts";
import { type Diagnostic, hasErrors, sortDiagnostics } from "./model/diagnostic.ts";
import type { Flows } from "./model/flows.ts";
import type { Day } from "./model/names.ts";
import type { SourceFile } from "./model/source.ts";

/** A checkout's declarations and all that follows from them, the same in every stage. */
export interface Estate {
  readonly sources: readonly SourceFile[];
  readonly declarations: Declarations;
  readonly flows: Flows;
  readonly model: AccessModel;
  /** Empty if anything before it has an error. */
  readonly bundles: Bundles;
  /** Everything found, sorted. The estate may be applied only if none is an error. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads and compiles the checkout at `root`, synchronously: the engine takes a program that waits for a promise which
 * never settles for one that declares nothing. `stacksOf` tells for which stacks stage values are checked, all of
 * them unless given; what is past its date is found if `today` says what day it is. Acceptances that no warning needs are
 * found where both are so: only then there is no warning that was not looked for.
 */
export function readEstate(
  root: string,
  stacksOf?: (declarations: Declarations) => readonly StackDeclaration[],
  today?: Day,
): Estate {
  const { value: sources, diagnostics: found } = readSources(root);
  const parsed = parse(sources);
  const loaded = loadFlows(root);
  const flows = loaded.value;
  const declarations = {
    ...parsed.value,
    incomplete: new Set([...parsed.value.incomplete, ...filesWithErrors([...found, ...loaded.diagnostics])]),
  };
  const resolved = resolve(declarations, flows, stacksOf?.(declarations) ?? declarations.stacks, today);
  const before = [...found, ...parsed.diagnostics, ...loaded.diagnostics, ...resolved.diagnostics];
  const built = hasErrors(before) ? { value: [], diagnostics: [] } : bundle(root, flows, resolved.value);
  const all = [...before, ...built.diagnostics];
  const { acceptedWarnings } = declarations;
  return {
    sources,
    declarations,
    flows,
    model: resolved.value,
    bundles: built.value,
    diagnostics: sortDiagnostics([
      ...acceptWarnings(all, acceptedWarnings, today),
      ...(stacksOf || today === undefined ? [] : unneededAcceptances(all, acceptedWarnings)),
    ]),
  };
}

function filesWithErrors(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ at }) => at.file);
}
