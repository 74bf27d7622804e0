/** The search syntax of `GET /users?q=`, the part of Lucene's that Auth0 documents. */
import type { Selection } from "../collection.ts";
import type { Condition, Search } from "../term-index.ts";
import { CONTAINERS } from "../user-terms.ts";
import { badRequest } from "./errors.ts";
import type { Query } from "./request.ts";

/** Words, brackets and names of fields in a search: reading brackets within brackets needs the stack, each word time. */
const LONGEST = 250;

/** What `q` and `connection` ask for, or undefined for everybody. 400 `invalid_query_string` for what cannot be read. */
export function searchOf({ q, connection }: Query): Search | undefined {
  const inConnection =
    connection === undefined
      ? undefined
      : compare("identities.connection", { kind: "phrase", text: connection });
  const search = parseSearch(q);
  if (search && inConnection) return { kind: "every", of: [inConnection, search] };
  return search ?? inConnection;
}

/** What a query in the search syntax asks for, or undefined for everybody. 400 as above. */
export function parseSearch(query: string | undefined): Search | undefined {
  if (query === undefined || query.trim() === "" || query.trim() === "*") return undefined;
  const tokens = tokenize(query);
  if (tokens.length > LONGEST) throw unreadable();
  const search = parseOr(tokens);
  if (tokens.length > 0) throw unreadable();
  return search;
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

function parseOr(tokens: Token[]): Search {
  const parts: [Search, ...Search[]] = [parseAnd(tokens)];
  while (isWord(tokens[0], "OR")) {
    tokens.shift();
    parts.push(parseAnd(tokens));
  }
  return { kind: "any", of: parts };
}

function parseAnd(tokens: Token[]): Search {
  const parts: [Search, ...Search[]] = [parseNot(tokens)];
  while (tokens[0] && !isWord(tokens[0], "OR") && tokens[0].text !== ")") {
    if (isWord(tokens[0], "AND")) tokens.shift();
    parts.push(parseNot(tokens));
  }
  return { kind: "every", of: parts };
}

function parseNot(tokens: Token[]): Search {
  const [first] = tokens;
  if (isWord(first, "NOT")) {
    tokens.shift();
    return { kind: "not", of: parseNot(tokens) };
  }
  if (first?.kind === "field" && first.text.startsWith("-")) {
    tokens[0] = { kind: "field", text: first.text.slice(1) };
    return { kind: "not", of: parseTerm(tokens) };
  }
  return parseTerm(tokens);
}

function parseTerm(tokens: Token[]): Search {
  const token = tokens.shift();
  if (!token) throw unreadable();
  if (token.text === "(" && token.kind === "bracket") {
    const inner = parseOr(tokens);
    if (tokens.shift()?.text !== ")") throw unreadable();
    return inner;
  }
  if (token.kind === "word" || token.kind === "phrase")
    return {
      kind: "any",
      of: [
        compare("email", token),
        compare("name", token),
        compare("nickname", token),
        compare("username", token),
      ],
    };
  const value = token.kind === "field" ? tokens.shift() : undefined;
  if (!value || value.kind === "bracket" || value.kind === "field") throw unreadable();
  return token.text === "_exists_" ? exists(value.text) : compare(token.text, value);
}

function compare(field: string, { kind, text }: Token): Search {
  requireName(field);
  return { kind: "term", field, value: comparison(kind, field === "email" ? text.toLowerCase() : text) };
}

function comparison(kind: Token["kind"], text: string): Condition {
  const range = kind === "range" ? /^[[{]\s*(\S+)\s+TO\s+(\S+)\s*[\]}]$/.exec(text) : null;
  if (range) return between(range[1] ?? "*", range[2] ?? "*", text);
  if (kind === "word" && text.includes("*")) return glob(text);
  // JSON's numbers and booleans come out of SQLite as numbers.
  const number = text === "true" ? 1 : text === "false" ? 0 : Number(text);
  return text !== "" && Number.isFinite(number)
    ? { sql: "value IN (?, ?)", parameters: [text, number] }
    : { sql: "value = ?", parameters: [text] };
}

function between(low: string, high: string, range: string): Condition {
  const bounds = [
    { operator: range.startsWith("[") ? ">=" : ">", limit: low },
    { operator: range.endsWith("]") ? "<=" : "<", limit: high },
  ].filter(({ limit }) => limit !== "*");
  return {
    sql: bounds.map(({ operator }) => `value ${operator} ?`).join(" AND ") || "TRUE",
    parameters: bounds.map(({ limit }) => (Number.isFinite(Number(limit)) ? Number(limit) : limit)),
  };
}

/** A word with `*` in it. What stands before the first narrows the look-up to a stretch of the index. */
function glob(text: string): Condition {
  const pattern = text.replace(/[[\]?]/g, "[$&]");
  const prefix = text.slice(0, text.indexOf("*"));
  // Numbers match by their digits, but sort before all texts.
  if (prefix === "" || Number.isFinite(Number(prefix)) || prefix === "-")
    return { sql: "value GLOB ?", parameters: [pattern] };
  return {
    sql: "value >= ? AND value < ? AND value GLOB ?",
    parameters: [prefix, `${prefix}\u{10ffff}`, pattern],
  };
}

function exists(field: string): Search {
  requireName(field);
  return {
    kind: "any",
    of: [
      { kind: "term", field, value: { sql: "TRUE", parameters: [] } },
      { kind: "term", field: CONTAINERS, value: { sql: "value = ?", parameters: [field] } },
    ],
  };
}

function requireName(field: string): void {
  if (!/^\w+(\.\w+)*$/.test(field)) throw unreadable();
}

const unreadable = () => badRequest("The query string could not be parsed", "invalid_query_string");
