import type { AnyNode } from "acorn";
import { type Objection, type OutsideUses, propertyOf, textOf } from "./uses.ts";

/** Modules of Node that run texts as code, load what a text names, or start programs. */
const unsafeModules = [
  "child_process",
  "cluster",
  "inspector",
  "inspector/promises",
  "module",
  "repl",
  "vm",
  "wasi",
  "worker_threads",
];

const timers = ["setTimeout", "setInterval", "setImmediate"];
const hatches = ["binding", "_linkedBinding", "dlopen"];

/**
 * Where a program makes code of texts, or loads what cannot be told before it runs. It finds what people write, not what they
 * hide: who can write policies can do anything anyway.
 */
export function unsafeCode(uses: OutsideUses): readonly Objection[] {
  return [...madeOfTexts(uses), ...loaded(uses)];
}

function madeOfTexts({ nodes, globals, globalOf }: OutsideUses): readonly Objection[] {
  const calls = nodes.flatMap((node): readonly Objection[] => {
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return [];
    const [first] = node.arguments;
    const name = globalOf(node.callee) ?? "";
    if (name === "Function" && !isGlobalObject(node.arguments))
      return [{ node, fact: 'makes code of a text with "Function"' }];
    if (timers.includes(name) && first && isText(first))
      return [{ node, fact: `gives "${name}" a text to run` }];
    return [];
  });
  const evals = globals
    .filter(({ name }) => name === "eval")
    .map(({ node }) => ({ node, fact: 'makes code of a text with "eval"' }));
  return [...calls, ...evals];
}

/** `Function("return this")` is how old packages come by the global object, in any runtime. */
function isGlobalObject(given: readonly AnyNode[]): boolean {
  return given.length === 1 && textOf(given[0]) === "return this";
}

function isText(node: AnyNode): boolean {
  if (node.type === "TemplateLiteral" || textOf(node) !== undefined) return true;
  return (
    node.type === "BinaryExpression" && node.operator === "+" && (isText(node.left) || isText(node.right))
  );
}

function loaded({ nodes, globals, globalOf, loads }: OutsideUses): readonly Objection[] {
  const modules = loads.flatMap(({ node, module }): readonly Objection[] => {
    if (module === undefined) return [{ node, fact: "loads a module whose name is computed" }];
    const isUnsafe = unsafeModules.includes(module.replace(/^node:/, ""));
    return isUnsafe ? [{ node, fact: `loads "${module}", which runs what it is told` }] : [];
  });
  // Called, or asked whether it is the main module: anything else takes it for computed names.
  const written = new Set<AnyNode>(
    nodes.flatMap((node) => {
      if (node.type === "CallExpression") return node.callee;
      return node.type === "MemberExpression" && propertyOf(node) === "main" ? node.object : [];
    }),
  );
  const handedOn = globals
    .filter(({ node, name }) => name === "require" && !written.has(node))
    .map(({ node }) => ({ node, fact: 'hands "require" on' }));
  const internals = nodes.flatMap((node): readonly Objection[] => {
    const property = propertyOf(node) ?? "";
    if (node.type !== "MemberExpression" || globalOf(node.object) !== "process") return [];
    return hatches.includes(property) ? [{ node, fact: `reaches into Node by "process.${property}"` }] : [];
  });
  return [...modules, ...handedOn, ...internals];
}
