// What programs with bugs, and attackers, send where something else is expected.
import fc from "fast-check";

/** Texts that stand in a body for what JSON can write and JavaScript cannot hold, or cannot write. */
export const STAND_INS: ReadonlyMap<string, string> = new Map([
  ["@huge@", "1e400"],
  ["@deep@", `${'{"a":['.repeat(1500)}1${"]}".repeat(1500)}`],
  ["@deeper@", `${"[".repeat(50_000)}1${"]".repeat(50_000)}`],
]);

/** Short texts that mean something to URLs, SQL, JavaScript, headers or terminals. */
const texts: readonly string[] = [
  ...["", " ", "\0", "a\0b", "\r\nset-cookie: a=b", "\uD800", "\uDFFFx", "\u202E", "é漢👩‍👩‍👧", "\u2028"],
  ...[
    "%",
    "%00",
    "%2F",
    "%252F",
    "%zz",
    "..",
    "../..",
    ".",
    "/",
    "//",
    "?",
    "#",
    "a%7Cb",
    "auth0|",
    "|",
    "*",
  ],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", "null", "undefined"],
  ...["'", '"', "' OR 1=1 --", "\\", "$.id", "${x}", "{{x}}", "<script>", "javascript:alert(1)", "data:,x"],
  ...["-1", "0", "1e9", "1e400", "NaN", "Infinity", "-0", "0x10", "9007199254740993", "9".repeat(400)],
  ...[
    "true",
    "false",
    "2026-01-01T00:00:00Z",
    "+275760-09-13T00:00:00.001Z",
    "a@b",
    "a@b.co",
    "https://",
    "https://[::1",
  ],
  ...[
    "a".repeat(300),
    "x".repeat(10_000),
    "(".repeat(3000),
    "a.".repeat(2000),
    "{".repeat(50),
    "%25".repeat(500),
  ],
];

/** Any character, halves of surrogate pairs included. fast-check's own unit of this kind takes seconds to set up. */
const anyCharacter = fc.nat({ max: 0x10ffff }).map((point) => String.fromCodePoint(point));

/** A text that nobody expects. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter }) },
);

const nested = (depth: number): unknown => JSON.parse(`${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`);

/** A JSON value of any kind; its keys may be `__proto__`. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        null,
        true,
        false,
        0,
        -0,
        -1,
        1.5,
        1e21,
        2 ** 31,
        2 ** 53,
        2 ** 63,
        -(2 ** 63),
        1e308,
        ...STAND_INS.keys(),
      ],
      ...[
        [],
        [[]],
        {},
        [null],
        [{}],
        [""],
        { "": "" },
        { a: null },
        { constructor: { prototype: { x: 1 } } },
      ],
      ...[JSON.parse('{"__proto__":{"isAdmin":true}}'), nested(20), nested(400), new Array(3000).fill("a")],
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
