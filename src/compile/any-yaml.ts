import { Composer, type CST, isScalar, Parser } from "yaml";
import { type SourceFile, type Span, startOf } from "../model/source.ts";
import { type Content, deepest, mostValues, type Stretch, tooManyValues } from "./content.ts";
import type { Report } from "./report.ts";
import { readContent } from "./yaml-content.ts";

/** The content of a file of any YAML, by the yaml library; undefined, with a finding, if there is none to speak of. */
export function readAnyYaml(
  { path, text }: SourceFile,
  spanOf: (stretch: Stretch) => Span,
  report: Report,
): Content | undefined {
  const tokens = [...new Parser().parse(text)];
  const excess = excessOf(tokens);
  if (excess) {
    report("limit-exceeded", spanOf(excess), excess.message);
    return undefined;
  }
  const composer = new Composer({
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // yaml names one place of a double, and not always the right one: yaml-content names both
    resolveKnownTags: false,
    logLevel: "error",
  });
  const [document, another] = composer.compose(tokens, true, text.length);
  const { contents, errors = [], warnings = [] } = document ?? {};
  const mistakes = [
    ...[...errors, ...warnings].map(({ code, message, pos: [from, to] }) => ({
      message: syntaxMessage(code, message),
      from,
      to,
    })),
    ...(another
      ? [
          {
            message: "file holds more than one document; one thing stands in each file",
            from: another.range[0],
            to: another.range[1],
          },
        ]
      : []),
  ];
  const [first] = mistakes.sort((a, b) => a.from - b.from);
  if (first) {
    // What is missing at the end of a file is shown after its last character, not on the empty line that follows.
    const end = text.trimEnd().length;
    const stretch = { from: Math.min(first.from, end), to: Math.min(first.to, end) };
    report("syntax", spanOf(stretch), first.message);
    return undefined;
  }
  if (!contents || (isScalar(contents) && contents.source === "")) {
    report("empty-file", startOf(path), "file is empty");
    return undefined;
  }
  return readContent(contents, spanOf, report);
}

/**
 * What of a text is too much, before any time is spent on composing it. Of nesting the library finds out by an overflow of
 * the stack, here on one machine and there on another.
 */
function excessOf(tokens: readonly CST.Token[]): (Stretch & { readonly message: string }) | undefined {
  let level = tokens.flatMap((token) => (token.type === "document" && token.value ? [token.value] : []));
  let count = level.length;
  for (let depth = 0; level.length > 0; depth += 1) {
    const [{ offset: from } = { offset: 0 }] = level;
    const stretch = { from, to: from + 1 };
    if (depth > deepest) return { ...stretch, message: "file is nested too deeply" };
    const items = level.flatMap((token): readonly CST.CollectionItem[] =>
      "items" in token ? token.items : [],
    );
    count += items.length;
    if (count > mostValues) return { ...stretch, message: tooManyValues };
    level = items.flatMap(({ key, value }) => [key, value].filter((each) => each != null));
  }
  return undefined;
}

function syntaxMessage(code: string, message: string): string {
  if (code === "NON_STRING_KEY") return "key is a collection; keys are texts";
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}
