import { Composer, type CST, isScalar, Parser } from "yaml";
import { type SourceFile, type Span, startOf } from "../model/source.ts";
import { type Content, deepest, type Stretch } from "./content.ts";
import type { Report } from "./report.ts";
import { readContent } from "./yaml-content.ts";

/** The content of a file of any YAML, by the yaml library; undefined, with a finding, if there is none to speak of. */
export function readAnyYaml(
  { path, text }: SourceFile,
  spanOf: (stretch: Stretch) => Span,
  report: Report,
): Content | undefined {
  const tokens = [...new Parser().parse(text)];
  // The library finds out by an overflow of the stack, here on one machine and there on another.
  const [tooDeep] = valuesIn(tokens, deepest + 1);
  if (tooDeep) {
    const stretch = { from: tooDeep.offset, to: tooDeep.offset + 1 };
    report("limit-exceeded", spanOf(stretch), "file is nested too deeply");
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

/** Keys and values that stand in so many collections within collections. */
function valuesIn(tokens: readonly CST.Token[], depth: number): readonly CST.Token[] {
  let level = tokens.flatMap((token) => (token.type === "document" && token.value ? [token.value] : []));
  for (let each = 0; each < depth && level.length > 0; each += 1) level = level.flatMap(partsOf);
  return level;
}

function partsOf(token: CST.Token): CST.Token[] {
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((each) => each != null));
}

function syntaxMessage(code: string, message: string): string {
  if (code === "NON_STRING_KEY") return "key is a collection; keys are texts";
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}
