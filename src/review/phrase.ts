// Sentences about changes, with the parts that people chose told apart: reports show these as what they are, text.

/** A part of a sentence: our own words, or a name or value that somebody wrote. */
export type Piece = string | { readonly name: string; readonly isQuoted: boolean };

/** A sentence, or a part of one. */
export type Phrase = readonly Piece[];

/** The sentence of a template: texts put into it are names, phrases are parts of it. */
export function phrase(texts: TemplateStringsArray, ...values: readonly (string | Phrase)[]): Phrase {
  return texts.flatMap((text, index): readonly Piece[] => {
    const value = values[index];
    const own = text === "" ? [] : [text];
    if (value === undefined) return own;
    return typeof value === "string" ? [...own, { name: value, isQuoted: false }] : [...own, ...value];
  });
}

/** A name that stands in quotes where text has no other way to set it apart. */
export function quoted(name: string): Phrase {
  return [{ name, isQuoted: true }];
}

/** Our own words, which nobody else has a say in. */
export function words(text: string): Phrase {
  return text === "" ? [] : [text];
}

/** The parts with commas between, and `and` before the last. */
export function enumeration(parts: readonly Phrase[]): Phrase {
  return parts.flatMap((part, index) => {
    const before = index === 0 ? [] : [index === parts.length - 1 ? " and " : ", "];
    return [...before, ...part];
  });
}

/** The first of the parts, and how many more there are, so that a sentence stays readable. */
export function enumerationUpTo(most: number, parts: readonly Phrase[]): Phrase {
  if (parts.length <= most) return enumeration(parts);
  const more = parts.length - most + 1;
  return enumeration([...parts.slice(0, most - 1), words(`${more} more`)]);
}

/** The sentence as plain text. */
export function plainText(sentence: Phrase): string {
  return sentence
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return piece.isQuoted ? `"${piece.name}"` : piece.name;
    })
    .join("");
}
