// Bodies that are nearly right: of a shape, with a few things wrong.
import fc from "fast-check";
import { hostileText, hostileValue, STAND_INS } from "./hostile.ts";
import type { Shape } from "./shapes.ts";

/** Texts that mean something to the tenant: by the name of the property that they stand in. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** JSON of the shape, its texts preferably of the vocabulary. Not everything that a schema says is kept. */
export function ofShape(shape: Shape, vocabulary: Vocabulary, name = ""): fc.Arbitrary<unknown> {
  const alternatives = shape.anyOf ?? shape.oneOf;
  if (alternatives) return fc.oneof(...alternatives.map((each) => ofShape(each, vocabulary, name)));
  const [first] = shape.allOf ?? [];
  if (first) return ofShape(first, vocabulary, name);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if ("const" in shape) return fc.constant(shape.const);
  switch (shape.type) {
    case "object":
      return objectOf(shape, vocabulary);
    case "array":
      return fc.array(ofShape(shape.items ?? {}, vocabulary, name), { maxLength: 3 });
    case "string":
      return textOf(shape, vocabulary.get(name) ?? []);
    case "integer":
    case "number":
      return fc.integer(limits(shape));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return hostileValue;
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Shape, vocabulary: Vocabulary) {
  const open = typeof additionalProperties === "object" ? additionalProperties : undefined;
  const fields = Object.entries(properties).map(([name, each]) => {
    const value = ofShape(each, vocabulary, name);
    // Few of the optional ones at a time: what is wrong with one hides what is wrong with the others.
    const isThere = required.includes(name) || Object.keys(properties).length < 4;
    return [name, isThere ? value : fc.option(value, { nil: undefined, freq: 3 })] as const;
  });
  const named = fc.record(Object.fromEntries(fields));
  if (!open) return named;
  const others = fc.dictionary(fc.oneof(matching("^[a-z_]{1,8}$"), hostileText), ofShape(open, vocabulary), {
    maxKeys: 3,
  });
  return fc.tuple(named, others).map(([own, more]) => ({ ...more, ...own }));
}

function textOf({ pattern, minLength = 0, maxLength = 60 }: Shape, known: readonly string[]) {
  const usual = matching(pattern ?? "^[a-z0-9][a-z0-9.-]{2,12}$");
  const long = fc.constant("x".repeat(Math.min(Math.max(minLength, maxLength + 1), 5000)));
  const texts = fc.oneof(
    { weight: 8, arbitrary: usual },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: long },
  );
  return known.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, texts) : texts;
}

/** Texts by the pattern that they match: fast-check takes long to make them. */
const made = new Map<string, fc.Arbitrary<string>>();

function matching(pattern: string): fc.Arbitrary<string> {
  const texts = made.get(pattern) ?? tryMatching(pattern);
  made.set(pattern, texts);
  return texts;
}

function tryMatching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return hostileText; // fast-check does not know all that a pattern may say
  }
}

const limits = ({ minimum = -10, maximum = 1_000_000 }: Shape) => ({
  min: Math.max(Math.ceil(minimum), -(2 ** 31)),
  max: Math.min(Math.floor(maximum), 2 ** 31),
});

/** A change for the worse: what is done, at which place, with what. */
interface Damage {
  readonly kind: "replace" | "remove" | "add" | "wrap" | "repeat";
  readonly place: readonly number[];
  readonly name: string;
  readonly value: unknown;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom<Damage["kind"]>("replace", "replace", "remove", "add", "wrap", "repeat"),
  place: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
  name: fc.oneof(fc.constantFrom("x", "id", "__proto__", "constructor", "is_system"), hostileText),
  value: hostileValue,
});

/** The text of a body that is sometimes as `value` says and mostly not quite. */
export const nearly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .tuple(
      value,
      fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(damage, { minLength: 1, maxLength: 3 })),
    )
    .map(([whole, damages]) => toText(damages.reduce<unknown>((each, done) => damaged(each, done), whole)));

const toText = (value: unknown) =>
  (JSON.stringify(value) ?? "").replaceAll(/"(@\w+@)"/g, (text, name) => STAND_INS.get(name) ?? text);

function damaged(whole: unknown, { kind, place: [step, ...rest], name, value }: Damage): unknown {
  if (typeof whole !== "object" || whole === null) return kind === "wrap" ? [whole] : value;
  const entries: [string, unknown][] = Object.entries(whole);
  const chosen = step === undefined ? undefined : entries[step % (entries.length || 1)];
  if (chosen && rest.length > 0) chosen[1] = damaged(chosen[1], { kind, place: rest, name, value });
  else if (kind === "replace" && !chosen) return value;
  else if (kind === "wrap" && !chosen) return [whole];
  else if (kind === "add" || !chosen) entries.push([name, value]);
  else if (kind === "remove") entries.splice(entries.indexOf(chosen), 1);
  else if (kind === "repeat") entries.push([String(entries.length), chosen[1]]);
  else chosen[1] = kind === "wrap" ? [chosen[1]] : value;
  return Array.isArray(whole) ? entries.map(([, each]) => each) : ownProperties(entries);
}

/** An object that has `__proto__` as a property like any other. */
function ownProperties(entries: readonly (readonly [string, unknown])[]): unknown {
  const object = {};
  for (const [name, value] of entries)
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
  return object;
}
