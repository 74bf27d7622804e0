// The nodes of one YAML document as plain values, beside a tree of the places they were written at.
import { type Alias, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node } from "yaml";
import type { Span } from "../model/source.ts";
import { type Content, deepest, mostValues, type Spot, type Stretch, tooManyValues } from "./content.ts";
import type { Report } from "./report.ts";
import { quote } from "./wording.ts";

/** A place to which what it holds is still being added. */
interface GrowingSpot extends Spot {
  readonly children: Map<PropertyKey, Spot>;
}

/**
 * The plain value of a document's root and the tree of its places: texts, numbers, booleans, nulls, lists and mappings with
 * text keys, aliases put in. Of a key that is written twice the first is taken. Undefined, with a finding, if aliases lead
 * nowhere or make it too big.
 */
export function readContent(
  contents: Node,
  spanOf: (stretch: Stretch) => Span,
  report: Report,
): Content | undefined {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  /** The alias that is being followed, of several the one that stands in the file itself. */
  let followed: Alias | undefined;
  let count = 0;
  let usable = true;

  const fail = (code: "syntax" | "limit-exceeded", at: Stretch, message: string): undefined => {
    if (usable) report(code, spanOf(followed ? stretchOf(followed) : at), message);
    usable = false;
  };

  const targetOf = (alias: Alias): Node | undefined => {
    const target = anchors.get(alias.source);
    if (!target) return fail("syntax", stretchOf(alias), `alias "*${alias.source}" has no anchor before it`);
    if (open.has(target))
      return fail("syntax", stretchOf(alias), `alias "*${alias.source}" stands within its own anchor`);
    return target;
  };

  const read = (node: Node, spot: GrowingSpot): unknown => {
    count += 1;
    if (count > mostValues) return fail("limit-exceeded", spot, tooManyValues);
    if (open.size > deepest) return fail("limit-exceeded", spot, "file is nested too deeply");
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

  const readCollection = (node: Node, spot: GrowingSpot): unknown => {
    if (isMap<Node, Node | null>(node)) {
      const values = node.items.map(({ key, value }) => readPair(key, value, spot));
      return Object.fromEntries(values.filter((entry) => entry !== undefined));
    }
    if (isSeq<Node>(node))
      return node.items.map((item, index) => {
        const child = spotOf(item, undefined);
        spot.children.set(index, child);
        return read(item, child);
      });
    return fail("syntax", stretchOf(node), "value is none of text, number, list and mapping");
  };

  const readPair = (
    key: Node,
    value: Node | null,
    { children }: GrowingSpot,
  ): [string, unknown] | undefined => {
    const name = isScalar(key) ? String(key.value) : "";
    const keyStretch = stretchOf(key);
    const first = children.get(name)?.key;
    if (first) {
      report("duplicate-key", spanOf(keyStretch), `key ${quote(name)} is written twice`, {
        related: [{ message: "first written here", at: spanOf(first) }],
      });
      return undefined;
    }
    if (name === "__proto__") {
      report(
        "bad-key",
        spanOf(keyStretch),
        'key "__proto__" means something to JavaScript and cannot be used',
      );
      return undefined;
    }
    const child = spotOf(value ?? key, keyStretch);
    children.set(name, child);
    return [name, value && read(value, child)];
  };

  const root = spotOf(contents, undefined);
  const value = read(contents, root);
  return usable ? { value, root } : undefined;
}

function spotOf(node: Node, key: Stretch | undefined): GrowingSpot {
  return { ...stretchOf(node), key, children: new Map() };
}

function stretchOf(node: Node): Stretch {
  const from = node.range?.[0] ?? 0;
  return { from, to: Math.max(from, endOf(node)) };
}

/** The end of a value; the library has that of a collection in block style after the comments that follow it. */
function endOf(node: Node): number {
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    const inner = isPair(last) ? (last.value ?? last.key) : last;
    if (isNode(inner)) return endOf(inner);
  }
  return node.range?.[1] ?? 0;
}
