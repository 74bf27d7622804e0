// What people, editors and attackers put into YAML.

/** Short texts that mean something to YAML, to JavaScript or to terminals, and names that mean something here. */
export const pieces: readonly string[] = [
  ..."\t\n\r:-?*&!|>'\"%@`#{}[],~$é漢\0\u0085\u2028",
  ...["\r\n", "${", "}", "---\n", "...\n", "\n", "  ", "- ", "? ", ": ", " #", "\n  ", "\n- "],
  ...[
    "<<: *a\n",
    "<<: [*a, *b]\n",
    "&a ",
    "*a",
    "&a",
    "!!binary ",
    "!!js/function ",
    "!",
    "!<tag:x> ",
    "!!str ",
  ],
  ...[
    "%YAML 1.1\n---\n",
    "%TAG ! tag:x,2000:\n---\n",
    "\uFEFF",
    "\u202E",
    "\u200F",
    "אבג",
    "e\u0301",
    "\uD800",
    "👩‍👩‍👧",
  ],
  ...["1e999", "-1e999", ".inf", ".nan", "0x1F", "0o17", "9".repeat(400), "1_000", "-0", "12:30:45"],
  ...["__proto__", "__proto__: x\n", "constructor", "prototype: {}\n", "toString", "hasOwnProperty: 1\n"],
  ...["null", "~", "true", "yes", "2026-01-01", "name: a\n", "[".repeat(50), "{".repeat(50), "- ".repeat(50)],
  ...["\\u0000", '"\\x41"', "${domain}", "${domain", "${${domain}}", "${__proto__}", "*:*", "a".repeat(300)],
];

/** Names of files that are no keys, or only nearly. */
export const names: readonly string[] = [
  ...[
    "Clerk",
    "CLERK",
    "clerk",
    "constructor",
    "__proto__",
    "toString",
    "a b",
    "é",
    "e\u0301",
    "אבג",
    "\u202Egnp",
  ],
  ...[
    "a.b",
    ".hidden",
    "-",
    "a-",
    "con",
    "management",
    "null",
    "1",
    "👩‍👩‍👧",
    "a\nb",
    "a'b",
    "${domain}",
    "*",
  ],
  ...["x".repeat(200), "x".repeat(300), "%2e%2e", "a\\b", "a:b", "~"],
];

/** Whole files that are meant to take a reader's time or memory; each is an error. */
export const traps: readonly string[] = [
  laughs("[", ", ", "]"),
  laughs("{ a: ", ", b: ", " }"),
  `&a [${"*a, ".repeat(100)}]\n`,
  `x: &a { <<: *a, y: *a }\n`,
  "[".repeat(3000),
  "{a: ".repeat(8000),
  "- ".repeat(3000),
  Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
  `? ${"? ".repeat(1000)}a\n`,
  `name: "${"\\".repeat(9999)}\n`,
  `name: '${"''".repeat(9999)}\n`,
  `${"&a ".repeat(1000)}b\n`,
  `${"!a ".repeat(1000)}b\n`,
  "a: b\n---\n".repeat(300),
  `name: |${"9".repeat(2000)}\n x\n`,
];

/** Whole files just short of what is refused for its length; slow to read, so rare. */
export const longFiles: readonly string[] = [
  repeated("- a\n"),
  repeated("a: b\n"),
  repeated("[a, b], "),
  `permissions:\n  orders:\n${repeated("    - read:orders\n")}`,
  `includes: [${repeated("a, ")}]`,
  `name: "${repeated("\\u0041")}"`,
  `description: >\n${repeated("  word\n")}`,
  `name: ${repeated("x")}`,
  repeated("# note\n"),
  repeated("\n"),
  `scopes:\n${Array.from({ length: 40_000 }, (_, index) => `  read:a${index}: b\n`).join("")}`,
  `formerly:\n${Array.from({ length: 40_000 }, (_, index) => `  - a${index}\n`).join("")}`,
];

/** A billion laughs: ten lists of ten aliases each. */
function laughs(open: string, between: string, close: string): string {
  const lines = Array.from({ length: 10 }, (_, index) => {
    const items = index === 0 ? ["lol"] : Array.from({ length: 10 }, () => `*a${index - 1}`);
    return `a${index}: &a${index} ${index === 0 ? "lol" : open + items.join(between) + close}\n`;
  });
  return lines.join("");
}

function repeated(text: string): string {
  return text.repeat(Math.floor(900_000 / text.length));
}
