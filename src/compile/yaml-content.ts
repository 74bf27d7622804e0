// The nodes of one YAML document as plain values, beside a tree of the places they were written at.
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node } from "yaml";
import type { Span } from "../model/source.ts";
import type { Report } from "./report.ts";
import { quote } from "./wording.ts";

/** Where one value stands: its node, its key in a mapping, and what it holds, by key or index. */
export interface Spot {
  readonly node: Node;
  readonly key: Node | undefined;
  readonly children: Map<PropertyKey, Spot>;
}

/** Values in a file, each alias counted as all it stands for: aliases of aliases must not grow without end. */
const mostValues = 100_000;
/** Collections within collections, aliases followed. */
const deepest = 100;

/**
 * The plain value of a document's root and the tree of its places: texts, numbers, booleans, nulls, lists and mappings with
 * text keys, aliases put in. Of a key that is written twice the first is taken. Undefined, with a finding, if aliases lead
 * nowhere or make it too big.
 */
export function readContent(
  contents: Node,
  spanOf: (node: Node) => Span,
  report: Report,
): { readonly value: unknown; readonly root: Spot } | undefined {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  /** The alias that is being followed, of several the one that stands in the file itself. */
  let followed: Alias | undefined;
  let count = 0;
  let usable = true;

  const fail = (code: "syntax" | "limit-exceeded", node: Node, message: string): undefined => {
    if (usable) report(code, spanOf(followed ?? node), message);
    usable = false;
  };

  const targetOf = (alias: Alias): Node | undefined => {
    const target = anchors.get(alias.source);
    if (!target) return fail("syntax", alias, `alias "*${alias.source}" has no anchor before it`);
    if (open.has(target))
      return fail("syntax", alias, `alias "*${alias.source}" stands within its own anchor`);
    return target;
  };

  const read = (node: Node, spot: Spot): unknown => {
    count += 1;
    if (count > mostValues)
      return fail("limit-exceeded", spot.node, `file holds more than ${mostValues} values`);
    if (open.size > deepest) return fail("limit-exceeded", spot.node, "file is nested too deeply");
    if (!usable) return undefined;
    if (isAlias(node)) {
      const target = targetOf(node);
      const outer = followed;
      followed ??= node;
      const value = target && read(target, spot);
      followed = outer;
      return value;
    }
    if (node.anchor) anchors.set(node.anchor, node);
    if (isScalar(node)) return node.value;
    open.add(node);
    const value = readCollection(node, spot);
    open.delete(node);
    return value;
  };

  const readCollection = (node: Node, spot: Spot): unknown => {
    if (isMap<Node, Node | null>(node)) {
      const values = node.items.map(({ key, value }) => readPair(key, value, spot));
      return Object.fromEntries(values.filter((entry) => entry !== undefined));
    }
    if (isSeq<Node>(node))
      return node.items.map((item, index) => {
        const child: Spot = { node: item, key: undefined, children: new Map() };
        spot.children.set(index, child);
        return read(item, child);
      });
    return fail("syntax", node, "value is none of text, number, list and mapping");
  };

  const readPair = (key: Node, value: Node | null, { children }: Spot): [string, unknown] | undefined => {
    const name = isScalar(key) ? String(key.value) : "";
    const first = children.get(name)?.key;
    if (first) {
      report("duplicate-key", spanOf(key), `key ${quote(name)} is written twice`, {
        related: [{ message: "first written here", at: spanOf(first) }],
      });
      return undefined;
    }
    if (name === "__proto__") {
      report("bad-key", spanOf(key), 'key "__proto__" means something to JavaScript and cannot be used');
      return undefined;
    }
    const child: Spot = { node: value ?? key, key, children: new Map() };
    children.set(name, child);
    return [name, value && read(value, child)];
  };

  const root: Spot = { node: contents, key: undefined, children: new Map() };
  const value = read(contents, root);
  return usable ? { value, root } : undefined;
}
