import { isScalar, parseDocument } from "yaml";
import { type SourceFile, type Span, startOf } from "../model/source.ts";
import type { Content, Stretch } from "./content.ts";
import type { Report } from "./report.ts";
import { readContent } from "./yaml-content.ts";

/** The content of a file of any YAML, by the yaml library; undefined, with a finding, if there is none to speak of. */
export function readAnyYaml(
  { path, text }: SourceFile,
  spanOf: (stretch: Stretch) => Span,
  report: Report,
): Content | undefined {
  const document = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // yaml names one place of a double, and not always the right one: yaml-content names both
    resolveKnownTags: false,
    logLevel: "error",
  });
  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first) {
    // What is missing at the end of a file is shown after its last character, not on the empty line that follows.
    const end = text.trimEnd().length;
    const [from, to] = first.pos;
    const stretch = { from: Math.min(from, end), to: Math.min(to, end) };
    report("syntax", spanOf(stretch), syntaxMessage(first.code, first.message));
    return undefined;
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.source === "")) {
    report("empty-file", startOf(path), "file is empty");
    return undefined;
  }
  return readContent(document.contents, spanOf, report);
}

function syntaxMessage(code: string, message: string): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "file holds more than one document; one thing stands in each file";
    case "RESOURCE_EXHAUSTION":
      return "file is nested too deeply";
    case "NON_STRING_KEY":
      return "key is a collection; keys are texts";
    default:
      return message.slice(0, 1).toLowerCase() + message.slice(1);
  }
}
