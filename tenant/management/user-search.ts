/** The search syntax of `GET /users?q=`, the part of Lucene's that Auth0 documents, turned into SQL. */
import type { Condition, Selection } from "../collection.ts";
import { badRequest } from "./errors.ts";

/** What a search asks for, or undefined for everybody. 400 `invalid_query_string` for what cannot be read. */
export function searchCondition(query: string | undefined): Condition | undefined {
  if (query === undefined || query.trim() === "" || query.trim() === "*") return undefined;
  const tokens = tokenize(query);
  const condition = parseOr(tokens);
  if (tokens.length > 0) throw unreadable();
  return condition;
}

/** The order that `sort=field:1` or `field:-1` asks for; that of creation for fields that are not indexed. */
export function sortOf(
  sort: string | undefined,
): Pick<Selection<"email" | "username" | "user_id">, "orderBy" | "newestFirst"> {
  const [, field, direction] = /^([\w.]+):(-?1)$/.exec(sort ?? "") ?? [];
  const orderBy = (["email", "username", "user_id"] as const).find((indexed) => indexed === field);
  return { ...(orderBy && { orderBy }), newestFirst: direction === "-1" };
}

/** A word, a quoted phrase, a range, a bracket, or `field:`. */
const TOKEN = /\s*(?:([()])|(-?[\w.@+]+):|"((?:[^"\\]|\\.)*)"|([[{][^\]}]*[\]}])|([^\s()"]+))/y;

type Token =
  | { readonly kind: "bracket" | "word" | "phrase" | "range"; readonly text: string }
  | { readonly kind: "field"; readonly text: string };

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const match = TOKEN.exec(query);
    if (!match) throw unreadable();
    const [, bracket, field, phrase, range, word] = match;
    if (bracket) tokens.push({ kind: "bracket", text: bracket });
    else if (field) tokens.push({ kind: "field", text: field });
    else if (phrase !== undefined) tokens.push({ kind: "phrase", text: phrase.replace(/\\(.)/g, "$1") });
    else if (range) tokens.push({ kind: "range", text: range });
    else if (word) tokens.push({ kind: "word", text: word });
  }
  return tokens;
}

const isWord = (token: Token | undefined, text: string) => token?.kind === "word" && token.text === text;

function join(operator: "AND" | "OR", parts: readonly Condition[]): Condition {
  return {
    sql: parts.map((part) => `(${part.sql})`).join(` ${operator} `),
    parameters: parts.flatMap((part) => part.parameters),
  };
}

function parseOr(tokens: Token[]): Condition {
  const parts = [parseAnd(tokens)];
  while (isWord(tokens[0], "OR")) {
    tokens.shift();
    parts.push(parseAnd(tokens));
  }
  return join("OR", parts);
}

function parseAnd(tokens: Token[]): Condition {
  const parts = [parseNot(tokens)];
  while (tokens[0] && !isWord(tokens[0], "OR") && tokens[0].text !== ")") {
    if (isWord(tokens[0], "AND")) tokens.shift();
    parts.push(parseNot(tokens));
  }
  return join("AND", parts);
}

function parseNot(tokens: Token[]): Condition {
  const [first] = tokens;
  if (isWord(first, "NOT")) {
    tokens.shift();
    return negated(parseNot(tokens));
  }
  if (first?.kind === "field" && first.text.startsWith("-")) {
    tokens[0] = { kind: "field", text: first.text.slice(1) };
    return negated(parseTerm(tokens));
  }
  return parseTerm(tokens);
}

const negated = ({ sql, parameters }: Condition): Condition => ({
  sql: `NOT coalesce((${sql}), FALSE)`,
  parameters,
});

function parseTerm(tokens: Token[]): Condition {
  const token = tokens.shift();
  if (!token) throw unreadable();
  if (token.text === "(" && token.kind === "bracket") {
    const inner = parseOr(tokens);
    if (tokens.shift()?.text !== ")") throw unreadable();
    return inner;
  }
  if (token.kind === "word" || token.kind === "phrase")
    return join(
      "OR",
      ["email", "name", "nickname", "username"].map((field) => compare(field, token)),
    );
  const value = token.kind === "field" ? tokens.shift() : undefined;
  if (!value || value.kind === "bracket" || value.kind === "field") throw unreadable();
  return token.text === "_exists_" ? exists(value.text) : compare(token.text, value);
}

/** Where the values of a field are: every one of an array, and of every identity. */
function valuesOf(field: string): { readonly rows: string; readonly value: string } | undefined {
  if (field.startsWith("identities."))
    return { rows: "json_each(data, '$.identities')", value: `value ->> '${pathOf(field.slice(11))}'` };
  return field.includes("metadata.")
    ? { rows: `json_each(data, '${pathOf(field)}')`, value: "value" }
    : undefined;
}

function compare(field: string, { kind, text }: Token): Condition {
  const values = valuesOf(field);
  const test = (expression: string) =>
    comparison(expression, kind, field === "email" ? text.toLowerCase() : text);
  if (values) {
    const { sql, parameters } = test(values.value);
    return { sql: `EXISTS (SELECT 1 FROM ${values.rows} WHERE ${sql})`, parameters };
  }
  if (field === "email.domain") return test("substr(data ->> '$.email', instr(data ->> '$.email', '@') + 1)");
  return test(`data ->> '${pathOf(field)}'`);
}

function comparison(expression: string, kind: Token["kind"], text: string): Condition {
  const range = kind === "range" ? /^[[{]\s*(\S+)\s+TO\s+(\S+)\s*[\]}]$/.exec(text) : null;
  if (range) return between(expression, range[1] ?? "*", range[2] ?? "*", text);
  if (kind === "word" && text.includes("*"))
    return { sql: `${expression} GLOB ?`, parameters: [text.replace(/[[\]?]/g, "[$&]")] };
  // JSON's numbers and booleans come out of SQLite as numbers.
  const number = text === "true" ? 1 : text === "false" ? 0 : Number(text);
  return text !== "" && Number.isFinite(number)
    ? { sql: `${expression} IN (?, ?)`, parameters: [text, number] }
    : { sql: `${expression} = ?`, parameters: [text] };
}

function between(expression: string, low: string, high: string, range: string): Condition {
  const bound = (operator: string, limit: string): Condition =>
    limit === "*"
      ? { sql: `${expression} IS NOT NULL`, parameters: [] }
      : {
          sql: `${expression} ${operator} ?`,
          parameters: [Number.isFinite(Number(limit)) ? Number(limit) : limit],
        };
  return join("AND", [
    bound(range.startsWith("[") ? ">=" : ">", low),
    bound(range.endsWith("]") ? "<=" : "<", high),
  ]);
}

const exists = (field: string): Condition => ({
  sql: `data ->> '${pathOf(field)}' IS NOT NULL`,
  parameters: [],
});

/** A JSON path; only letters, digits, `_` and dots get into the statement. */
function pathOf(field: string): string {
  if (!/^\w+(\.\w+)*$/.test(field)) throw unreadable();
  return `$.${field}`;
}

const unreadable = () => badRequest("The query string could not be parsed", "invalid_query_string");
