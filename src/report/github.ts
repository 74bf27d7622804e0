// Findings as annotations of a pull request, by GitHub's workflow commands.
// Source: GitHub docs, actions/reference/workflows-and-actions/workflow-commands; the escapes are those of actions/toolkit.
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Span } from "../model/source.ts";
import { placeOf, printable } from "./display.ts";

/** A line for each finding in the order given; empty if there are none. */
export function formatGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((each) => `${commandOf(each)}\n`).join("");
}

function commandOf({ code, severity, message, at, related = [], help }: Diagnostic): string {
  return annotation(severity, at, code, [
    message,
    ...related.map((other) => `see: ${placeOf(other.at)} ${other.message}`),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ]);
}

/** The command that makes GitHub show the lines of text at the place. */
export function annotation(
  level: "error" | "warning" | "notice",
  { file, start, end }: Span,
  title: string,
  text: readonly string[],
): string {
  const properties = {
    file,
    line: start.line,
    // GitHub takes columns only of places in one line.
    ...(end.line === start.line ? { col: start.column, endColumn: end.column } : { endLine: end.line }),
    title,
  };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  return `::${level} ${written.join(",")}::${escapeData(text.map(printable).join("\n"))}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
