// What code takes from its surroundings: globals it reads, modules it loads.
import type { AnyNode, Program } from "acorn";
import { nodesIn } from "../load/syntax.ts";
import { freeNames } from "./free-names.ts";

/** A place in code, and what is to be said against it, in words that go on after the name of the file. */
export interface Objection {
  readonly node: AnyNode;
  readonly fact: string;
}

/** A module that code loads: its name if it is written out. */
interface Load {
  readonly node: AnyNode;
  readonly module: string | undefined;
}

/** A program with what it takes from outside. */
export interface OutsideUses {
  readonly nodes: readonly AnyNode[];
  /** The global that a node stands for, as in `eval` and `globalThis.eval`; undefined if it stands for none. */
  globalOf(node: AnyNode): string | undefined;
  /** Globals that are read, but not those of which only the type is asked. */
  readonly globals: readonly { readonly node: AnyNode; readonly name: string }[];
  readonly loads: readonly Load[];
}

/** Finds what a program takes from outside. */
export function outsideUses(program: Program): OutsideUses {
  const nodes = nodesIn(program);
  const free = freeNames(program);
  const nameIf = (node: AnyNode) => (node.type === "Identifier" && free.has(node) ? node.name : undefined);
  const globalOf = (node: AnyNode) =>
    node.type === "MemberExpression" && ["globalThis", "global"].includes(nameIf(node.object) ?? "")
      ? propertyOf(node)
      : nameIf(node);
  const asked = new Set<AnyNode>(
    nodes.flatMap((node) =>
      node.type === "UnaryExpression" && node.operator === "typeof" ? node.argument : [],
    ),
  );
  return {
    nodes,
    globalOf,
    globals: nodes.flatMap((node) => {
      const name = asked.has(node) ? undefined : globalOf(node);
      return name === undefined ? [] : { node, name };
    }),
    loads: nodes.flatMap((node) => loadsOf(node, globalOf)),
  };
}

/** The property that a member expression names; undefined if it is computed. */
export function propertyOf(node: AnyNode): string | undefined {
  if (node.type !== "MemberExpression") return undefined;
  if (node.computed) return textOf(node.property);
  return node.property.type === "Identifier" ? node.property.name : undefined;
}

/** The text that a literal is; undefined for what is no text or is not known before the code runs. */
export function textOf(node: AnyNode | null | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral" || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

function loadsOf(node: AnyNode, globalOf: OutsideUses["globalOf"]): readonly Load[] {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return node.source ? [{ node: node.source, module: textOf(node.source) }] : [];
    case "ImportExpression":
      return [{ node, module: textOf(node.source) }];
    case "CallExpression":
      return globalOf(node.callee) === "require" ? [{ node, module: textOf(node.arguments[0]) }] : [];
    default:
      return [];
  }
}
