// Estates to be checked: good and broken ones, bent further.
import fc from "fast-check";
import { stringify } from "yaml";
import { readCases } from "../test/support/cases.ts";
import { shippedSources } from "../test/support/shipped.ts";
import type { Entries, Entry } from "./entry.ts";
import { longFiles, names, pieces, traps } from "./pieces.ts";

/** A checkout's entries, and the path that holds what must be an error, if that is certain. */
export interface FuzzedEstate {
  readonly entries: Entries;
  readonly wrong: string | undefined;
}

const bases: readonly (readonly [string, string][])[] = [
  shippedSources().map(({ path, text }): [string, string] => [path, text]),
  ...readCases().map(({ files }) => [...files].filter(([path]) => path.endsWith(".yaml"))),
];

/** A text that differs somewhere: something taken out, something put in. */
const edit = fc
  .record({ at: fc.nat(), removed: fc.nat({ max: 40 }), inserted: fc.constantFrom("", ...pieces) })
  .map(({ at, removed, inserted }) => (text: string) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + inserted + text.slice(from + removed);
  });

/** A text that differs throughout, as editors and tools make it. */
const sweep = fc.constantFrom<(text: string) => string>(
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll("\n", "\r"),
  (text) => text.replaceAll("  ", "\t"),
  (text) => text.replaceAll(" ", "\u00A0"),
  (text) => `\uFEFF${text}`,
  (text) => text.trimEnd(),
  (text) => `${text}---\n${text}`,
  (text) => text + text,
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(/: (.+)/g, ": &a $1"),
  (text) => text.replaceAll(/\w+:(?=[ \n])/g, '"$&'),
  (text) => [...text].reverse().join(""),
);

const word = fc.constantFrom(
  ...[
    "name",
    "description",
    "owner",
    "type",
    "scopes",
    "permissions",
    "includes",
    "grants",
    "identifier",
    "config",
  ],
  ...[
    "formerly",
    "retired",
    "reason",
    "rbac",
    "enforce",
    "tokenLifetime",
    "callbacks",
    "connections",
    "orders",
  ],
  ...[
    "read:orders",
    "clerk",
    "machine",
    "1h",
    "${domain}",
    "from-policies",
    "*",
    "management",
    "roles",
    "delivery",
  ],
  ...pieces,
);
const tree = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(word, fc.boolean(), fc.constant(null), fc.integer(), fc.double()),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(word, tie("any"), { maxKeys: 5 }),
  ),
})).any;
const randomYaml = fc
  .record({ value: tree, flow: fc.boolean() })
  .map(({ value, flow }) =>
    stringify(value, flow ? { collectionStyle: "flow" } : { aliasDuplicateObjects: true }),
  );
const randomLines = fc.array(word, { maxLength: 30 }).map((words) => words.join(""));

const asText = (text: string): Entry => ({ kind: "text", text });

/** Something in place of a file that is certainly wrong there. */
const wrongEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constantFrom<Entry>(
    { kind: "folder" },
    { kind: "link", target: "clerk.yaml" },
    { kind: "link", target: "../../Pulumi.yaml" },
    { kind: "link", target: "/dev/zero" },
    { kind: "link", target: "." },
    { kind: "zeros", size: 10_000_000 },
    { kind: "zeros", size: 1000 },
    { kind: "bytes", hex: "6e616d653a20ff0a" },
    { kind: "bytes", hex: "fffe6e00" },
  ),
  fc.constantFrom(...traps).map(asText),
);

/** What happens to one of the files: at most one such change is certainly an error. */
type Change = (
  path: string,
  text: string,
) => { readonly entries: readonly [string, Entry][]; readonly isWrong?: true };

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 40, arbitrary: fc.array(edit, { minLength: 1, maxLength: 4 }).map(rewrite) },
  { weight: 10, arbitrary: fc.array(sweep, { minLength: 1, maxLength: 2 }).map(rewrite) },
  { weight: 10, arbitrary: fc.tuple(sweep, edit).map(rewrite) },
  { weight: 10, arbitrary: fc.oneof(randomYaml, randomLines).map((text) => rewrite([() => text])) },
  {
    weight: 5,
    arbitrary: wrongEntry.map(
      (entry): Change =>
        (path) => ({ entries: [[path, entry]], isWrong: true }),
    ),
  },
  { weight: 10, arbitrary: fc.constantFrom(...names).map(copyAs) },
  { weight: 3, arbitrary: fc.constant<Change>(() => ({ entries: [] })) },
);

/** One of two thousand: a file of almost a million characters takes the yaml library a second. */
const longChange: fc.Arbitrary<Change> = fc.constantFrom(...longFiles).map((text) => rewrite([() => text]));

function rewrite(edits: readonly ((text: string) => string)[]): Change {
  return (path, text) => ({ entries: [[path, asText(edits.reduce((each, one) => one(each), text))]] });
}

function copyAs(name: string): Change {
  return (path, text) => ({
    entries: [
      [path, asText(text)],
      [path.replace(/[^/.]+(?=\.)/, name), asText(text)],
    ],
  });
}

const changes = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(fc.nat(), longChange).map((each) => [each] as const) },
  { weight: 1999, arbitrary: fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 }) },
);

/** Any estate. It shrinks to fewer changes of the smallest base. */
export const anyEstate: fc.Arbitrary<FuzzedEstate> = fc
  .record({ base: fc.nat({ max: bases.length - 1 }), changes })
  .map(({ base, changes: made }) => {
    const files = bases[base] ?? [];
    const entries = new Map<string, Entry>(files.map(([path, text]) => [path, asText(text)]));
    let wrong: string | undefined;
    for (const [file, apply] of made) {
      const [path, text] = files[file % files.length] ?? ["rbac/roles/clerk.yaml", ""];
      const { entries: changed, isWrong } = apply(path, text);
      entries.delete(path);
      if (path === wrong) wrong = undefined;
      for (const [each, entry] of changed) entries.set(each, entry);
      if (isWrong) wrong = path;
    }
    return { entries, wrong };
  });
