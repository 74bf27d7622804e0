import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject, User } from "../../../tenant/entities.ts";
import { parseSearch } from "../../../tenant/management/user-search.ts";
import { openStore } from "../../../tenant/store.ts";
import type { Search as ParsedSearch } from "../../../tenant/term-index.ts";

/** A query with what it has to find, said in another way: by a look at each user. */
interface Search {
  readonly text: string;
  readonly finds: (user: User) => boolean;
}

/** Every value of a field; those of a list, and of what is in a list, one by one. */
function valuesOf(user: Json, [name, ...rest]: readonly string[]): readonly Json[] {
  if (Array.isArray(user))
    return user.flatMap((item) => valuesOf(item, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return [user];
  if (typeof user !== "object" || user === null) return [];
  const member = new Map(Object.entries(user)).get(name);
  return member === undefined ? [] : valuesOf(member, rest);
}
const scalarsOf = (user: User, field: string) =>
  valuesOf(user as unknown as JsonObject, field.split(".")) // a user is JSON
    .filter((value) => typeof value !== "object")
    .map(String);

const fields = [
  "name",
  "nickname",
  "app_metadata.plan",
  "app_metadata.deep.tags",
  "identities.connection",
  "blocked",
];
const words = ["ada", "adam", "bob", "true", "7", "a.b"];
const field = fc.constantFrom(...fields);
const word = fc.constantFrom(...words);

const equality = fc.tuple(field, word, fc.boolean()).map(
  ([name, value, quoted]): Search => ({
    text: `${name}:${quoted ? JSON.stringify(value) : value}`,
    finds: (user) => scalarsOf(user, name).includes(value),
  }),
);
const wildcard = fc.tuple(field, fc.constantFrom("a*", "*a*", "*m", "b*b", "7*", "*")).map(
  ([name, pattern]): Search => ({
    text: `${name}:${pattern}`,
    finds: (user) =>
      scalarsOf(user, name)
        .map((value) => (name === "blocked" ? String(Number(value === "true")) : value))
        .some((value) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(value)),
  }),
);
const range = fc.tuple(fc.constantFrom("name", "nickname"), word, word, fc.boolean(), fc.boolean()).map(
  ([name, low, high, withLow, withHigh]): Search => ({
    text: `${name}:${withLow ? "[" : "{"}x${low} TO x${high}${withHigh ? "]" : "}"}`,
    finds: (user) =>
      scalarsOf(user, name).some(
        (value) =>
          (withLow ? value >= `x${low}` : value > `x${low}`) &&
          (withHigh ? value <= `x${high}` : value < `x${high}`),
      ),
  }),
);
const existence = fc.constantFrom(...fields, "app_metadata", "app_metadata.deep", "user_metadata").map(
  (name): Search => ({
    text: `_exists_:${name}`,
    finds: (user) => {
      const path = name.split(".");
      const values = valuesOf(user as unknown as JsonObject, path);
      const parents = valuesOf(user as unknown as JsonObject, path.slice(0, -1));
      const isThere = parents.some((parent) => Object.hasOwn(Object(parent), path.at(-1) ?? ""));
      return values.some((value) => value !== null) || (values.length === 0 && isThere);
    },
  }),
);
const anywhere = word.map(
  (value): Search => ({
    text: value,
    finds: (user) =>
      ["email", "name", "nickname", "username"].some((name) => scalarsOf(user, name).includes(value)),
  }),
);
const { search } = fc.letrec<{ search: Search }>((tie) => ({
  search: fc.oneof(
    { maxDepth: 3 },
    equality,
    wildcard,
    range,
    existence,
    anywhere,
    tie("search").map(
      ({ text, finds }): Search => ({ text: `NOT (${text})`, finds: (user) => !finds(user) }),
    ),
    fc.tuple(tie("search"), tie("search")).map(
      ([one, other]): Search => ({
        text: `(${one.text}) AND (${other.text})`,
        finds: (user) => one.finds(user) && other.finds(user),
      }),
    ),
    fc.tuple(tie("search"), tie("search")).map(
      ([one, other]): Search => ({
        text: `(${one.text}) OR (${other.text})`,
        finds: (user) => one.finds(user) || other.finds(user),
      }),
    ),
  ),
}));

const text = fc.oneof(
  word,
  word.map((each) => `x${each}`),
);
const profile = fc.record(
  {
    name: text,
    nickname: text,
    blocked: fc.boolean(),
    app_metadata: fc.record(
      {
        plan: fc.oneof(text, fc.constantFrom(7, null, true)),
        deep: fc.record({ tags: fc.array(text, { maxLength: 3 }) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const identities = fc.array(
  word.map((connection) => ({ connection, user_id: "1", provider: "auth0", isSocial: false })),
  { minLength: 1, maxLength: 2 },
);
const user = (user_id: string) =>
  fc.tuple(profile, identities).map(
    // JSON drops what is undefined; the generated lists have an item at least.
    ([fields, list]) =>
      ({ ...fields, user_id, identities: list, created_at: "", updated_at: "" }) as unknown as User,
  );

function parsed(query: string): ParsedSearch {
  const search = parseSearch(query);
  if (!search) throw new Error(`${query} finds everybody`);
  return search;
}

describe("a search for users", () => {
  it("finds those, and only those, that a look at each user finds, also after changes and a restore", () => {
    const ids = ["a|1", "a|2", "a|3", "a|4"];
    const people = fc.tuple(...ids.map(user));
    fc.assert(
      fc.property(
        people,
        people,
        fc.array(search, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (before, after, searches, isRestored) => {
          const store = openStore();
          for (const each of before) store.users.insert(each);
          for (const each of after.slice(0, 2)) store.users.replace(each);
          store.users.delete("a|4");
          if (isRestored) store.load(store.dump());
          const stored = [...after.slice(0, 2), ...before.slice(2, 3)];
          for (const { text, finds } of searches) {
            const asked = parsed(text);
            const found = store.users.search(asked).map(({ user_id }) => user_id);
            expect(found, text).toEqual(stored.filter(finds).map(({ user_id }) => user_id));
            expect(store.users.countFound(asked)).toBe(found.length);
            const newestFirst = store.users.search(asked, { newestFirst: true, offset: 1, limit: 2 });
            expect(newestFirst.map(({ user_id }) => user_id)).toEqual(found.toReversed().slice(1, 3));
            const byId = store.users.search(asked, { orderBy: "user_id", newestFirst: true });
            expect(byId.map(({ user_id }) => user_id)).toEqual(found.toSorted().toReversed());
          }
          store.close();
        },
      ),
      { numRuns: 80 },
    );
  });

  it("finds nothing of users who are gone, and of a transaction that failed", () => {
    const store = openStore();
    const [one] = fc.sample(user("a|1"), 1);
    if (!one) throw new Error("no sample");
    const find = () => store.users.countFound(parsed("user_id:*"));
    expect(() =>
      store.transaction(() => {
        store.users.insert(one);
        expect(find()).toBe(1);
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(find()).toBe(0);
    store.users.insert(one);
    const dump = store.dump();
    store.clear();
    expect(find()).toBe(0);
    store.load(dump);
    expect(find()).toBe(1);
    store.users.deleteWhere({ user_id: "a|1" });
    store.users.insert({ ...one, user_id: "a|2" });
    expect(store.users.countFound(parsed("user_id:a*1"))).toBe(0);
  });

  it("finds what has changed since the search before, in the order of now", () => {
    const store = openStore();
    const [one, two, three] = fc.sample(fc.tuple(user("a|1"), user("a|2"), user("a|3")), 1)[0] ?? [];
    if (!one || !two || !three) throw new Error("no sample");
    const found = () =>
      store.users.search(parsed("NOT nickname:gone"), { orderBy: "email" }).map(({ email }) => email);
    store.users.insert({ ...one, nickname: "here", email: "b@x" });
    store.users.insert({ ...two, nickname: "gone", email: "a@x" });
    expect(found()).toEqual(["b@x"]);
    store.users.replace({ ...two, nickname: "here", email: "a@x" });
    expect(found()).toEqual(["a@x", "b@x"]);
    store.users.replace({ ...two, nickname: "here", email: "c@x" });
    store.users.insert({ ...three, nickname: "here", email: "d@x" });
    expect(found()).toEqual(["b@x", "c@x", "d@x"]);
    store.users.delete("a|1");
    expect(found()).toEqual(["c@x", "d@x"]);
  });

  it("never finds anybody by the hash of the password", () => {
    const store = openStore();
    const identity = { connection: "db", user_id: "1", provider: "auth0", isSocial: false };
    store.users.insert({
      user_id: "a|1",
      identities: [identity],
      password_hash: "scrypt",
      created_at: "",
      updated_at: "",
    });
    expect(store.users.countFound(parsed("password_hash:scrypt OR _exists_:password_hash"))).toBe(0);
  });
});
