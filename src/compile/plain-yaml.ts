// The plain part of YAML that almost every file keeps to, read many times as fast as the yaml library does. What YAML is
// only the library knows: whatever could have a second meaning is left to it, mistakes of all kinds above all.
import { type Content, mostValues, noChildren, type Spot } from "./content.ts";
import { readPlainScalar } from "./plain-scalar.ts";

/** A value with its place; the key is known to whoever reads the mapping around it. */
interface Read extends Omit<Spot, "key"> {
  readonly value: unknown;
}

// All but `strange` match at one place only. None takes more than a line but `emptyLines`.

/** Characters that readers of YAML treat specially or disagree about, such as tabs and byte order marks. */
const strange = /[^\n\x20-\x7e\u00a1-\u1fff\u2030-\ud7ff]/;
const key = /(?:([A-Za-z][\w./@+-]*(?::[\w./@+-]+)*)|"([^"\\\n]+)"|'([^'\n]+)'):(?=[ \n]|$)/y;
const quoted = /"([^"\\\n]*)"|'([^'\n]*)'/y;
const restOfLine = /[A-Za-z0-9/$(\u00c0-\ud7ff][^\n]*/y;
const wordInList = /[A-Za-z][\w./@+*-]*(?::[\w./@+*-]+)*/y;
const blanks = / */y;
const comma = / *, */y;
const lineEnd = /(?: +#[^\n]*| *)(?:\n|$)/y;
const emptyLines = /(?: *(?:#[^\n]*)?\n)*(?: *(?:#[^\n]*)?$)?/y;

const deepestPlain = 20;
/** Above it, YAML takes no key; the colon counts. */
const longestKey = 1000;

/**
 * The content of a text in block style with words, texts in one line and lists in one line: the same as the yaml library
 * gives. Undefined if there is anything else in it, such as anchors, escapes, several documents or a mistake.
 */
export function readPlainYaml(text: string): Content | undefined {
  if (strange.test(text)) return undefined;
  const reader = new PlainReader(text);
  const read = reader.readDocument();
  if (!read) return undefined;
  const { value, ...spot } = read;
  return { value, root: { ...spot, key: undefined } };
}

/** Reads from the front to the back; each method gives undefined, for good, at the first thing that is not plain. */
class PlainReader {
  readonly #text: string;
  /** Where the next key or value is. */
  #at = 0;
  /** Blanks before it, at the start of a line; -1 after the last line. */
  #indent = 0;
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): Read | undefined {
    this.#nextLine();
    const read = this.#indent === 0 && !this.#isItem() ? this.#readMapping(0) : undefined;
    return this.#indent === -1 && this.#count <= mostValues ? read : undefined;
  }

  #readMapping(depth: number): Read | undefined {
    const from = this.#at;
    const level = this.#indent;
    const value: Record<string, unknown> = {};
    const children = new Map<PropertyKey, Spot>();
    let to = from;
    while (this.#indent === level && !this.#isItem()) {
      const start = this.#at;
      const [written = "", ...names] = this.#take(key) ?? [];
      const name = names.find((each) => each !== undefined);
      if (name === undefined || !isPlainKey(name) || children.has(name)) return undefined;
      const inner = this.#readUnder(level, depth);
      if (!inner) return undefined;
      const { value: innerValue, ...spot } = inner;
      value[name] = innerValue;
      children.set(name, { ...spot, key: { from: start, to: start + written.length - 1 } });
      to = spot.to;
    }
    return this.#indent > level ? undefined : { value, from, to, children };
  }

  /** What stands under a key, in its line or below. */
  #readUnder(level: number, depth: number): Read | undefined {
    this.#count += 1;
    if (!this.#take(lineEnd)) {
      this.#take(blanks);
      return this.#text[this.#at] === "[" ? this.#readListInLine() : this.#readScalar();
    }
    this.#nextLine();
    if (depth === deepestPlain) return undefined;
    if (this.#indent >= level && this.#isItem()) return this.#readItems();
    return this.#indent > level ? this.#readMapping(depth + 1) : undefined;
  }

  /** A list of texts, one to a line. */
  #readItems(): Read | undefined {
    const from = this.#at;
    const level = this.#indent;
    const value: unknown[] = [];
    const children = new Map<PropertyKey, Spot>();
    let to = from;
    while (this.#indent === level && this.#isItem()) {
      this.#count += 1;
      this.#at += 1;
      this.#take(blanks);
      const item = this.#readScalar();
      if (!item) return undefined;
      children.set(value.length, { ...spotOf(item), key: undefined });
      value.push(item.value);
      to = item.to;
    }
    return this.#indent > level ? undefined : { value, from, to, children };
  }

  /** A list of texts in brackets, and the end of its line. */
  #readListInLine(): Read | undefined {
    const from = this.#at;
    const value: unknown[] = [];
    const children = new Map<PropertyKey, Spot>();
    this.#at += 1;
    do {
      this.#count += 1;
      this.#take(blanks);
      const item = this.#readQuoted() ?? this.#readWord();
      if (!item) return undefined;
      children.set(value.length, { ...spotOf(item), key: undefined });
      value.push(item.value);
    } while (this.#take(comma));
    this.#take(blanks);
    if (this.#text[this.#at] !== "]") return undefined;
    this.#at += 1;
    return this.#withLineEnd({ value, from, to: this.#at, children });
  }

  /** A text, number or word, and the end of its line. */
  #readScalar(): Read | undefined {
    const inQuotes = this.#readQuoted();
    if (inQuotes) return this.#withLineEnd(inQuotes);
    const from = this.#at;
    const [line] = this.#take(restOfLine) ?? [];
    if (line === undefined) return undefined;
    const comment = line.indexOf(" #");
    const written = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
    if (written.includes(": ") || written.endsWith(":")) return undefined;
    const scalar = readPlainScalar(written);
    this.#at = from + written.length;
    return scalar && this.#withLineEnd({ ...scalar, from, to: this.#at, children: noChildren });
  }

  #readQuoted(): Read | undefined {
    const from = this.#at;
    const [written, double, single] = this.#take(quoted) ?? [];
    if (written === undefined) return undefined;
    return { value: double ?? single, from, to: this.#at, children: noChildren };
  }

  #readWord(): Read | undefined {
    const from = this.#at;
    const [written] = this.#take(wordInList) ?? [];
    const scalar = written === undefined ? undefined : readPlainScalar(written);
    return scalar && { ...scalar, from, to: this.#at, children: noChildren };
  }

  /** The value, if the line ends after it; the text goes on in the next one. */
  #withLineEnd(read: Read): Read | undefined {
    if (!this.#take(lineEnd)) return undefined;
    this.#nextLine();
    return read;
  }

  #nextLine(): void {
    this.#take(emptyLines);
    const start = this.#at;
    this.#take(blanks);
    this.#indent = this.#at === this.#text.length ? -1 : this.#at - start;
  }

  #isItem(): boolean {
    return this.#text.startsWith("- ", this.#at);
  }

  /** What the pattern finds right here; the text goes on after it. */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}

function isPlainKey(name: string): boolean {
  return name !== "__proto__" && name.length < longestKey;
}

function spotOf({ from, to, children }: Read): Omit<Spot, "key"> {
  return { from, to, children };
}
