// What the code of hooks/ must not do, whatever policies it makes.
import type { Diagnostic, DiagnosticCode } from "../../model/diagnostic.ts";
import { secretLiterals } from "../safety/secret-literals.ts";
import { unsafeCode } from "../safety/unsafe-code.ts";
import type { Objection } from "../safety/uses.ts";
import type { Module } from "./modules.ts";
import { spanOf } from "./syntax.ts";

/** Texts that look like secrets, each an error whose line is not shown. */
export function secretsIn(module: Module): readonly Diagnostic[] {
  return secretLiterals(module.uses.nodes).map((objection) => ({
    ...refusal("policy-secret-literal", module, objection),
    help: 'give it as secret("…"), and set it with "pulumi config set --secret"; if it was committed, change it where it is from',
    conceal: true,
  }));
}

/** Code that makes code, or loads what is not known before it runs. */
export function unsafeCodeIn(module: Module): readonly Diagnostic[] {
  return unsafeCode(module.uses).map((objection) => ({
    ...refusal("policy-unsafe-code", module, objection),
    help: "write out what is to run",
  }));
}

/** The error that an objection to a file of hooks/ is. */
export function refusal(code: DiagnosticCode, { file }: Module, { node, fact }: Objection): Diagnostic {
  return { code, severity: "error", message: `"${file}" ${fact}`, at: spanOf(file, node) };
}
