// Management API operations that policies call, held against the `uses` of their definitions.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { textOf } from "../safety/uses.ts";
import { didYouMean } from "./help.ts";
import { definitionNode, definitionPlace } from "./places.ts";
import { callsOf, type PolicyCode, type SharedFile, sharedFiles } from "./policy-files.ts";
import { nodesIn, spanOf } from "./syntax.ts";

/** Operations that are called and not in `uses`; and, as warnings, those in `uses` that no file of the policy names. */
export function misusedOperations(policies: readonly PolicyCode[]): readonly Diagnostic[] {
  return [...sharedFiles(policies).flatMap(undeclared), ...policies.flatMap(unused)];
}

function undeclared({ module, definitions }: SharedFile): readonly Diagnostic[] {
  const declared: readonly string[] = definitions.flatMap(({ uses = [] }) => uses);
  return callsOf("management", module).flatMap(({ arguments: [argument] }): readonly Diagnostic[] => {
    const operation = textOf(argument);
    if (!argument || operation === undefined || declared.includes(operation)) return [];
    const names = definitions.map(({ name }) => `"${name}"`).join(" or ");
    return [
      {
        code: "policy-unknown-operation",
        severity: "error",
        message: `"${operation}" is called, and not in the "uses" of policy ${names}`,
        at: spanOf(module.file, argument),
        help: declared.length > 0 ? didYouMean(operation, declared) : `write uses: ["${operation}"]`,
      },
    ];
  });
}

function unused({ definition, own, files }: PolicyCode): readonly Diagnostic[] {
  const { name, uses = [] } = definition;
  const calls = files.flatMap((module) => callsOf("management", module));
  if (calls.some(({ arguments: [argument] }) => textOf(argument) === undefined)) return [];
  // A name that is handed to something which calls is as good as a call.
  const list = new Set(nodesIn(definitionNode(own.program, "uses")));
  const nodes = files.flatMap(({ uses }) => uses.nodes);
  const named = new Set(nodes.flatMap((node) => (list.has(node) ? [] : textOf(node))));
  return uses
    .filter((operation) => !named.has(operation))
    .map((operation) => ({
      code: "policy-unused-operation",
      severity: "warning",
      message: `policy "${name}" uses "${operation}" and never calls it`,
      at: definitionPlace(own.file, own.program, "uses", operation),
      help: 'take it out of "uses": the policies\' client is granted its scopes',
    }));
}
