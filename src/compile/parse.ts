import type {
  AcceptedWarning,
  ApiDeclaration,
  ClientDeclaration,
  Declarations,
  GroupDeclaration,
  RoleDeclaration,
  StackDeclaration,
} from "../model/declarations.ts";
import { type Checked, compareText, type Diagnostic, hasErrors } from "../model/diagnostic.ts";
import type { SourceFile } from "../model/source.ts";
import { parseAcceptedWarnings } from "./parse-accepted-warnings.ts";
import { parseApi, parseClient, parseGroup, parseRole } from "./parse-declared.ts";
import { noGuardrails, parseGuardrails } from "./parse-guardrails.ts";
import { type ProjectDeclaration, parseProject, parseStack, unknownProject } from "./parse-stage.ts";
import { collector, type Report } from "./report.ts";
import { kindOf, projectFile } from "./source-kind.ts";

/**
 * What the files declare, each by itself: syntax, shapes, limits of single values. Files of which a part is wrong are
 * `incomplete`, and what is right in them is there. Files that declare nothing are left out.
 */
export function parse(files: readonly SourceFile[]): Checked<Declarations> {
  const diagnostics: Diagnostic[] = [];
  const incomplete = new Set<string>();
  const reading = <T>(file: SourceFile, read: (report: Report) => T): T => {
    const found = collector();
    const declared = read(found.report);
    for (const each of found.diagnostics) diagnostics.push(each);
    if (hasErrors(found.diagnostics)) incomplete.add(file.path);
    return declared;
  };

  const projectSource = files.find(({ path }) => path === projectFile);
  const project: ProjectDeclaration = projectSource
    ? reading(projectSource, (report) => parseProject(projectSource, report))
    : unknownProject;
  const apis: ApiDeclaration[] = [];
  const roles: RoleDeclaration[] = [];
  const groups: GroupDeclaration[] = [];
  const clients: ClientDeclaration[] = [];
  const stacks: StackDeclaration[] = [];
  let guardrails = noGuardrails;
  let acceptedWarnings: readonly AcceptedWarning[] = [];
  for (const file of files) {
    const source = kindOf(file.path);
    switch (source?.kind) {
      case "api":
        apis.push(reading(file, (report) => parseApi(file, source.key, report)));
        break;
      case "role":
        roles.push(reading(file, (report) => parseRole(file, source.key, report)));
        break;
      case "group":
        groups.push(reading(file, (report) => parseGroup(file, source.key, report)));
        break;
      case "guardrails":
        guardrails = reading(file, (report) => parseGuardrails(file, report));
        break;
      case "accepted-warnings":
        acceptedWarnings = reading(file, (report) => parseAcceptedWarnings(file, report));
        break;
      case "client":
        clients.push(reading(file, (report) => parseClient(file, source.key, report)));
        break;
      case "stack":
        stacks.push(reading(file, (report) => parseStack(file, source.stack, project.name, report)));
        break;
    }
  }
  const value: Declarations = {
    apis: apis.sort((a, b) => compareText(a.key, b.key)),
    roles: roles.sort((a, b) => compareText(a.key, b.key)),
    groups: groups.sort((a, b) => compareText(a.key, b.key)),
    clients: clients.sort((a, b) => compareText(a.key, b.key)),
    guardrails,
    acceptedWarnings,
    stageValues: project.stageValues.toSorted((a, b) => compareText(a.name, b.name)),
    stacks: stacks.sort((a, b) => compareText(a.stack, b.stack)),
    incomplete,
  };
  return { value, diagnostics };
}
