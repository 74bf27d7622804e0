import { parseArgs } from "node:util";
import { compareReleases } from "../../promotion/index.ts";
import {
  type Comparison,
  comparisonJson,
  comparisonMarkdown,
  comparisonText,
} from "../../report/comparison.ts";
import { checkoutAt } from "../checkout.ts";
import { isStack, type Side, sideOfCommit, sideOfStack } from "../compared-side.ts";
import { getToolchain } from "../engine.ts";
import { Failure } from "../failure.ts";
import { interruptSignal } from "../interrupt.ts";
import { choose, readOptions } from "../options.ts";

const formats = { text: comparisonText, markdown: comparisonMarkdown, json: comparisonJson } as const;
const formatNames = ["text", "markdown", "json"] as const;
const options = { format: { type: "string" }, root: { type: "string" } } as const;

/**
 * Shows what a stack has that another stack or a commit has not, as access. 1 if they differ by more than their stage values, 2
 * if one of the two cannot be read.
 */
export async function compare(args: readonly string[]): Promise<number> {
  const { names, rest } = splitNames(args);
  const { format = "text", root } = readOptions(rest, options);
  const write = formats[choose("format", format, formatNames)];
  const [first, second] = names;
  if (first === undefined || second === undefined || names.length > 2)
    throw new Failure("two things are compared", 'give them, such as "staging prod" or "HEAD staging"');
  const checkout = checkoutAt(root);
  const { signal, release } = interruptSignal();
  try {
    const sideOf = async (name: string): Promise<Side> =>
      isStack(name, checkout)
        ? sideOfStack(name, checkout, await getToolchain(signal))
        : sideOfCommit(name, checkout);
    const comparison = compareSides(await sideOf(first), await sideOf(second));
    process.stdout.write(write(comparison));
    return comparison.changes.length > 0 ? 1 : 0;
  } finally {
    release();
  }
}

function splitNames(args: readonly string[]) {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const positionals = tokens.filter((token) => token.kind === "positional");
  const places = new Set(positionals.map(({ index }) => index));
  return {
    names: positionals.map(({ value }) => value),
    rest: args.filter((_, index) => !places.has(index)),
  };
}

function compareSides(base: Side, head: Side): Comparison {
  const shown = ({ name, fingerprint }: Side) => ({ name, fingerprint });
  const others = head.stageValues ?? {};
  const stageValues = Object.entries(base.stageValues ?? {})
    .flatMap(([name, value]) => {
      const other = others[name];
      return other === undefined || other === value ? [] : [{ name, base: value, head: other }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    base: shown(base),
    head: shown(head),
    changes: compareReleases(base.release, head.release),
    stageValues,
  };
}
