// Names that a program reads and does not declare: what it does with `eval` counts, what it calls so itself does not.
import type { AnyNode, Function as FunctionNode, Pattern, Program } from "acorn";

/**
 * The places where a program reads names that it does not declare. A name counts as declared in the whole of the function
 * around its declaration: blocks are not told apart.
 */
export function freeNames(program: Program): ReadonlySet<AnyNode> {
  const free = new Set<AnyNode>();
  const visit = (node: AnyNode, scopes: readonly ReadonlySet<string>[]) => {
    if (node.type === "Identifier") {
      if (!scopes.some((scope) => scope.has(node.name))) free.add(node);
      return;
    }
    const inner = isFunction(node) ? [...scopes, declaredByFunction(node)] : scopes;
    for (const [key, value] of Object.entries(node))
      if (!isLabel(node, key)) for (const child of nodesOf(value)) visit(child, inner);
  };
  visit(program, [new Set(declaredBelow(program))]);
  return free;
}

/** True where an identifier is no name of a value: a key, a property, or what imports and exports call it. */
function isLabel(node: AnyNode, key: string): boolean {
  switch (node.type) {
    case "MemberExpression":
      return key === "property" && !node.computed;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return key === "key" && !node.computed;
    case "ImportSpecifier":
      return key === "imported";
    case "ExportSpecifier":
      return key === "exported";
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key === "label";
    case "ExportAllDeclaration":
    case "MetaProperty":
      return true;
    default:
      return false;
  }
}

function declaredByFunction({ id, params, body }: FunctionNode): ReadonlySet<string> {
  return new Set([...(id ? [id.name] : []), ...params.flatMap(boundBy), ...declaredBelow(body)]);
}

/** What is declared in a node, but not in functions within it. */
function declaredBelow(node: AnyNode): readonly string[] {
  const names: string[] = [];
  const visit = (each: AnyNode) => {
    names.push(...declaredBy(each));
    if (!isFunction(each)) for (const value of Object.values(each)) nodesOf(value).forEach(visit);
  };
  visit(node);
  return names;
}

function declaredBy(node: AnyNode): readonly string[] {
  switch (node.type) {
    case "VariableDeclarator":
      return boundBy(node.id);
    case "CatchClause":
      return boundBy(node.param);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return node.id ? [node.id.name] : [];
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return [node.local.name];
    default:
      return [];
  }
}

function boundBy(pattern: Pattern | null | undefined): readonly string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each) => boundBy(each.type === "Property" ? each.value : each));
    case "ArrayPattern":
      return pattern.elements.flatMap(boundBy);
    case "AssignmentPattern":
      return boundBy(pattern.left);
    case "RestElement":
      return boundBy(pattern.argument);
    default:
      return [];
  }
}

function isFunction(node: AnyNode): node is FunctionNode & AnyNode {
  const { type } = node;
  return (
    type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression"
  );
}

/** The nodes that a property of a node holds: one, several, or none. */
function nodesOf(value: unknown): readonly AnyNode[] {
  if (typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  return value !== null && "type" in value ? [value as AnyNode] : []; // in acorn's trees only nodes have a type
}
