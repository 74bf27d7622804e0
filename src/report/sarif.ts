// Findings for code scanning: SARIF 2.1.0 (OASIS), of which GitHub's and other readers take this part.
import type { Diagnostic, DiagnosticCode } from "../model/diagnostic.ts";
import type { Span } from "../model/source.ts";
import { type CodeHelp, readDiagnosticsPage } from "./diagnostics-page.ts";
import { jsonText } from "./json-text.ts";

/** What a SARIF report says beside the findings. */
export interface SarifDetails {
  /** The version of Rolebook. */
  readonly version: string;
  /** The text of docs/diagnostics.md, which explains each code. */
  readonly page: string;
}

/**
 * The findings in the order given, as a SARIF log with one run; places without text of the files, paths relative to the
 * project's root. Ways out stand in the messages, since readers show no other place for them.
 */
export function formatSarif(diagnostics: readonly Diagnostic[], { version, page }: SarifDetails): string {
  const help = readDiagnosticsPage(page);
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return sarifLog(
    version,
    codes.map((code) => ruleOf(code, help.get(code))),
    diagnostics.map((each) => resultOf(each, codes)),
  );
}

/** A SARIF log with one run of this version of Rolebook. */
export function sarifLog(version: string, rules: readonly object[], results: readonly object[]): string {
  return jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Rolebook", semanticVersion: version, rules } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  });
}

function ruleOf(id: DiagnosticCode, help: CodeHelp | undefined) {
  if (!help) return { id };
  const { meaning, example, wayOut, anchor } = help;
  const page = `docs/diagnostics.md#${anchor}`;
  return {
    id,
    shortDescription: { text: plain(meaning) },
    // The same once more: GitHub asks for both.
    fullDescription: { text: plain(meaning) },
    help: {
      text: `${plain(wayOut)} For example: ${plain(example)}. See ${page}`,
      markdown: `${wayOut}\n\nFor example: ${example}\n\nSee \`${page}\``,
    },
  };
}

/** Markdown of the page as text: its code and links without their marks. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}

function resultOf(
  { code, severity, message, at, related = [], help }: Diagnostic,
  codes: readonly DiagnosticCode[],
) {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
    locations: [{ physicalLocation: physicalLocation(at) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: other.message },
        physicalLocation: physicalLocation(other.at),
      })),
    }),
  };
}

/** A place as SARIF has it. */
export function physicalLocation({ file, start, end }: Span) {
  return {
    artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}
