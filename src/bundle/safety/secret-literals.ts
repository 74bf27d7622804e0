import type { AnyNode } from "acorn";
import { secretIn } from "./secrets.ts";
import { type Objection, propertyOf, textOf } from "./uses.ts";

/** Texts of a program that look like secrets; the fact says like what, and does not show it. */
export function secretLiterals(nodes: readonly AnyNode[]): readonly Objection[] {
  const names = new Map(nodes.flatMap(givenNames));
  return nodes.flatMap((node) => {
    const what = textsOf(node)
      .map((text) => secretIn(text, names.get(node)))
      .find((each) => each !== undefined);
    return what === undefined ? [] : { node, fact: `holds a text that looks like ${what}` };
  });
}

/** The texts of a literal, those between the holes of a template included. */
function textsOf(node: AnyNode): readonly string[] {
  if (node.type === "TemplateLiteral") return node.quasis.map(({ value }) => value.cooked ?? value.raw);
  const text = textOf(node);
  return text === undefined ? [] : [text];
}

/** What a node gives a name to. */
function givenNames(node: AnyNode): readonly (readonly [AnyNode, string])[] {
  const pair = (target: AnyNode, value: AnyNode | null | undefined) => {
    const name = target.type === "Identifier" ? target.name : (propertyOf(target) ?? textOf(target));
    return value && name !== undefined ? [[value, name] as const] : [];
  };
  switch (node.type) {
    case "Property":
    case "PropertyDefinition":
      return pair(node.key, node.value);
    case "VariableDeclarator":
      return pair(node.id, node.init);
    case "AssignmentExpression":
    case "AssignmentPattern":
      return pair(node.left, node.right);
    default:
      return [];
  }
}
