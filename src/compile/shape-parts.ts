// What the shapes of files are made of. Each part says what is expected in words that end "expected … under "key", found …";
// a law says what is wrong in words that go on after the key, as in `"name" holds …`.
import { z } from "zod";
import type { DiagnosticCode } from "../model/diagnostic.ts";
import { limits } from "../model/limits.ts";

/** A mapping with these keys and no others. Its issue about other keys names those there are, one a line. */
export function mapping<Shape extends z.core.$ZodLooseShape>(expected: string, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join("\n") : expected),
  });
}

export function list<Item extends z.ZodType>(expected: string, item: Item) {
  return z.array(item, { error: expected });
}

/** A list with one item at least. */
export function filledList<Item extends z.ZodType>(expected: string, item: Item) {
  return list(expected, item).refine((items) => items.length > 0, {
    params: { code: "bad-value" satisfies DiagnosticCode },
    error: "is an empty list",
  });
}

/** A check of a text: the diagnostic it leads to, and what the message says after the key. */
export function law(
  code: DiagnosticCode,
  holds: (text: string) => boolean,
  breach: (text: string) => string,
  { conceal = false } = {},
) {
  return z.refine<string>(holds, {
    params: { code, conceal },
    error: ({ input }) => (typeof input === "string" ? breach(input) : ""),
  });
}

const notEmpty = law(
  "bad-value",
  (text) => text.trim() !== "",
  () => "is empty",
);

/** At most so many characters. */
export function atMost(most: number) {
  return law(
    "limit-exceeded",
    (text) => text.length <= most,
    (text) => `has ${text.length} characters, Auth0 takes ${most} at most`,
  );
}

const withoutStageValues = law(
  "stage-value-not-allowed",
  (text) => !text.includes("${"),
  () =>
    'holds "${"; stage values stand in identifiers, URLs, descriptions and the names of APIs and clients only',
);

const withoutBrackets = law(
  "bad-value",
  (text) => !/[<>]/.test(text),
  () => 'holds "<" or ">", which Auth0 refuses',
);

const closed = law(
  "bad-value",
  (text) => !text.replaceAll(/\$\{[^}]*\}/g, "").includes("${"),
  () => 'holds "${" without the "}" that ends a stage value',
);

/** Text in which no stage value may stand. */
export const text = z.string({ error: "text" }).check(notEmpty, withoutStageValues);
/** Text in which `${…}` stands for stage values. */
export const template = z.string({ error: "text" }).check(notEmpty, closed);

export const plainName = text.check(atMost(limits.name), withoutBrackets);
export const templateName = template.check(atMost(limits.name), withoutBrackets);
export const description = template.check(atMost(limits.description));

/** True if the text can be the key of something declared: kebab-case. */
export function isKey(key: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key);
}

/** The key of something declared, now or formerly. */
export const key = text.check(
  law("bad-value", isKey, (value) => `holds "${value}"; keys are kebab-case, such as "support-agent"`),
);

/** A day as `2027-03-01`. */
export const day = z
  .string({ error: "a day such as 2027-03-01" })
  .check(law("bad-value", isDay, (value) => `is "${value}"; days are written as 2027-03-01`));

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A URL, of which the start at least may come from a stage value. */
export const url = template.check(
  law(
    "bad-value",
    (value) => value.startsWith("${") || URL.canParse(value.replaceAll(/\$\{[^}]*\}/g, "x")),
    (value) => `holds "${value}", which is no URL; it starts with a scheme such as https://`,
  ),
);

const secondsPer = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of a duration such as `90s`, `30m`, `8h` or `7d`; undefined if it is none. */
export function secondsOf(duration: string): number | undefined {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(duration) ?? [];
  return unit ? Number(amount) * secondsPer[unit as keyof typeof secondsPer] : undefined; // as: what the pattern takes
}

export const lifetime = z.string({ error: "a duration such as 1h" }).check(
  law(
    "bad-value",
    (value) => secondsOf(value) !== undefined && secondsOf(value) !== 0,
    (value) => `is "${value}"; durations are a number and a unit: s, m, h or d`,
  ),
  law(
    "limit-exceeded",
    (value) => (secondsOf(value) ?? 0) <= limits.tokenLifetime,
    (value) => `is "${value}", Auth0 takes 30d at most`,
  ),
);
