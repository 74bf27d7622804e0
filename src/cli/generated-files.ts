// Files that are made of the declarations and committed, so that editors and reviewers see what they come to.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { policySources, renderCatalogue } from "../bundle/index.ts";
import { renderSchemas } from "../compile/index.ts";
import type { Estate } from "../estate.ts";
import { recordFlows, renderFlowsLock, renderLock } from "../lock/index.ts";
import type { Declarations } from "../model/declarations.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { SourceFile } from "../model/source.ts";
import { differenceOf } from "./line-difference.ts";

/** What editors need, the same whatever the policies do. */
export function filesOfDeclarations(declarations: Declarations): readonly SourceFile[] {
  return [
    { path: "hooks/catalogue.ts", text: renderCatalogue(declarations) },
    ...renderSchemas(declarations),
  ];
}

/** What reviewers need: what it all gives, and what runs. Takes an estate without errors. */
export function locksOf({ sources, model, flows, bundles }: Estate): readonly SourceFile[] {
  const recorded = recordFlows(flows, bundles, policySources(sources, flows));
  return [
    { path: "rbac/access.lock", text: renderLock(model) },
    { path: "hooks/flows.lock", text: renderFlowsLock(recorded) },
  ];
}

/** A `stale-file` for each generated file of the checkout at `root` that is missing or not what it should be, and why. */
export function staleFiles(root: string, estate: Estate): readonly Diagnostic[] {
  return outdated(root, [...filesOfDeclarations(estate.declarations), ...locksOf(estate)]).map(
    ({ path, text }): Diagnostic => {
      const { line, words } = differenceOf(currentText(root, path), text);
      const place = { line, column: 1 };
      return {
        code: "stale-file",
        severity: "error",
        message: `"${path}" is not what the declarations come to: ${words}`,
        at: { file: path, start: place, end: place },
        help: 'run "npm run generate"',
      };
    },
  );
}

/** Writes those of the files that are stale in the checkout at `root`, and gives their paths. */
export function writeGenerated(root: string, files: readonly SourceFile[]): readonly string[] {
  return outdated(root, files).map(({ path, text }) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return path;
  });
}

function outdated(root: string, files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ path, text }) => currentText(root, path) !== text);
}

function currentText(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
