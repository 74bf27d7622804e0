// The page of diagnostics, docs/diagnostics.md, read back: what it says of each code, for reports that bring help along.

/** What the page says of one code, as Markdown. */
export interface CodeHelp {
  readonly meaning: string;
  readonly example: string;
  readonly wayOut: string;
  /** Of the heading that the code stands under, without `#`. */
  readonly anchor: string;
}

/** The help for each code that has a row on the page: a line of four cells, the code in backticks first. */
export function readDiagnosticsPage(page: string): ReadonlyMap<string, CodeHelp> {
  const help = new Map<string, CodeHelp>();
  let anchor = "";
  for (const line of page.split("\n")) {
    const [, heading] = /^#+ (.+)$/.exec(line) ?? [];
    if (heading !== undefined) anchor = anchorOf(heading);
    const [, code, meaning, example, wayOut] = /^\| `([^`]+)` \| (.+) \| (.+) \| (.+) \|$/.exec(line) ?? [];
    if (code !== undefined && meaning && example && wayOut)
      help.set(code, { meaning, example, wayOut, anchor });
  }
  return help;
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
