// docs/parity.md: what each shipped policy does to whom, and that every lane does the same.
import {
  type Case,
  claims,
  type Difference,
  type LaneName,
  lanes,
  type Outcome,
  type Table,
} from "../hooks/cases.ts";

/** The page of these tables; every mark in it is what a run of `npm run parity` has found. */
export function renderPage(tables: readonly Table[]): string {
  return [
    "# The same in every lane",
    "",
    "Made by `npm run parity`, which runs every case below as source, as built hook or rule, and as built action, the latter two in",
    "the local tenant's runtime. ✓: exactly what stands under *comes out*. A number: a difference that no adapter can bridge, told",
    "below the table. –: types rule the case out, and adapters see to it that no policy sees it.",
    "",
    ...summary(tables),
    ...tables.flatMap(section),
  ].join("\n");
}

/** Cases, and in how many of them each lane does what is said. */
function summary(tables: readonly Table[]): readonly string[] {
  const rows = tables.map(({ policy, flow, cases }) => {
    const same = lanes.map((lane) => cases.filter(({ differs }) => !differs?.[lane]).length);
    return [`[${policy}](#${anchorOf(policy, flow)})`, flow, String(cases.length), ...same.map(String)];
  });
  return [...markdownTable(["policy", "flow", "cases", ...lanes], rows), ""];
}

function section({ policy, flow, cases }: Table): readonly string[] {
  const notes: string[] = [];
  const mark = (difference: Difference | undefined) => {
    if (!difference) return "✓";
    if (!difference.out) return "–";
    const note = `${difference.because}: ${inWords(difference.out)}`;
    if (!notes.includes(note)) notes.push(note);
    return String(notes.indexOf(note) + 1);
  };
  const rows = cases.map((each) => [
    escaped(shortened(each.who, 200)),
    comesIn(each),
    inWords(each.out),
    ...lanes.map((lane) => mark(each.differs?.[lane])),
  ]);
  return [
    `## ${policy}, ${flow}`,
    "",
    ...markdownTable(["who", "comes in", "comes out", ...lanes], rows),
    "",
    ...notes.flatMap((note, index) => [`${index + 1}. ${note}`]),
    ...(notes.length > 0 ? [""] : []),
  ];
}

function comesIn({ comes = {}, management = {}, company }: Case): string {
  const parts = Object.entries(comes).map(([part, values]) => `${part}: ${said(values)}`);
  const answers = Object.entries(management).map(
    ([operation, all]) => `${operation} answers ${all.map(({ status }) => status).join(", ")}`,
  );
  const ofCompany =
    company === "down" ? "nobody listens" : company && `${company.status} ${said(company.body)}`;
  const all = [...parts, ...answers, ...(ofCompany ? [`the company's API: ${ofCompany}`] : [])];
  return all.map(code).join("<br>");
}

/** What happens, one thing a line. */
function inWords(outcome: Outcome): string {
  const { denied, accessToken, idToken, appMetadata, userMetadata, scopes, calls, console } = outcome;
  const areSame = JSON.stringify(accessToken) === JSON.stringify(idToken);
  const lines = [
    ...(denied === undefined ? [] : [`denied: ${denied}`]),
    ...(accessToken && areSame ? [`both tokens: ${claimed(accessToken)}`] : []),
    ...(accessToken && !areSame ? [`access token: ${claimed(accessToken)}`] : []),
    ...(idToken && !areSame ? [`ID token: ${claimed(idToken)}`] : []),
    ...(appMetadata ? [`app_metadata: ${said(appMetadata)}`] : []),
    ...(userMetadata ? [`user_metadata: ${said(userMetadata)}`] : []),
    ...(scopes ? [`scopes: ${scopes.join(" ") || "none"}`] : []),
    ...(calls ?? []).map(({ operation, input }) => `${operation} ${said(input)}`),
    ...(console ?? []).map((line) => `console: ${line}`),
  ];
  return lines.length > 0 ? lines.map(code).join("<br>") : "nothing changes";
}

const namespace = Object.keys(claims({ "": 0 }))[0] ?? "";

/** Claims without their namespace. */
function claimed(of: Readonly<Record<string, unknown>>): string {
  return said(
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name.replace(namespace, "…"), value])),
  );
}

/** A value as JavaScript writes it; what is undefined is said, too. */
function said(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(said).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${said(each)}`);
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
}

const shortened = (text: string, length = 160) => (text.length > length ? `${text.slice(0, length)}…` : text);

const escaped = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replace(/\s+/g, " ");

const code = (text: string) => `\`${shortened(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;

const anchorOf = (policy: string, flow: string) => `${policy}-${flow.toLowerCase()}`;

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** A case whose lane does something else than is said. */
export interface Deviation {
  readonly table: Table;
  readonly case: Case;
  readonly lane: LaneName;
  readonly expected: Outcome;
  readonly found: Outcome;
}

/** The deviation for people: where, what is said, and what came. */
export function describeDeviation({ table, case: each, lane, expected, found }: Deviation): string {
  return [
    `${table.policy}, ${table.flow}: ${each.who}: ${lane} differs`,
    `  expected ${JSON.stringify(expected)}`,
    `  found    ${JSON.stringify(found)}`,
  ].join("\n");
}
