import { describe, expect, it } from "vitest";
import { openStore } from "../../tenant/store.ts";

const role = (id: string, name: string) => ({ id, name, type: "tenant" }) as const;

describe("the store", () => {
  it("finds by key and by index, and nothing where there is nothing", () => {
    const store = openStore();
    store.roles.insert(role("rol_1", "buyer"));
    expect(store.roles.get("rol_1")?.name).toBe("buyer");
    expect(store.roles.first({ name: "buyer" })?.id).toBe("rol_1");
    expect(store.roles.get("rol_2")).toBeUndefined();
    expect(store.roles.find({ name: "seller" })).toEqual([]);
  });

  it("finds booleans and fields deep inside", () => {
    const store = openStore();
    const identity = { connection: "db", user_id: "1", provider: "auth0", isSocial: false };
    const times = { created_at: "", updated_at: "" };
    store.users.insert({ user_id: "auth0|1", identities: [identity], ...times });
    store.rules.insert({
      id: "rul_1",
      name: "r",
      script: "",
      enabled: true,
      order: 1,
      stage: "login_success",
    });
    expect(store.users.first({ connection: "db" })?.user_id).toBe("auth0|1");
    expect(store.rules.count({ enabled: true })).toBe(1);
    expect(store.rules.count({ enabled: false })).toBe(0);
  });

  it("keeps the order of insertion, also of what is replaced", () => {
    const store = openStore();
    for (const name of ["a", "b", "c"]) store.roles.insert(role(`rol_${name}`, name));
    store.roles.replace(role("rol_a", "z"));
    expect(store.roles.find().map(({ name }) => name)).toEqual(["z", "b", "c"]);
    expect(store.roles.find({}, { newestFirst: true, limit: 1 })[0]?.name).toBe("c");
    expect(store.roles.find({}, { orderBy: "name" }).map(({ name }) => name)).toEqual(["b", "c", "z"]);
  });

  it("refuses a second entity with the same key", () => {
    const store = openStore();
    store.user_roles.insert({ user_id: "u", role_id: "r" });
    expect(() => store.user_roles.insert({ user_id: "u", role_id: "r" })).toThrow(/UNIQUE/);
  });

  it("reads on after a stretch without what was deleted meanwhile", () => {
    const store = openStore();
    for (const name of ["a", "b", "c"]) store.roles.insert(role(`rol_${name}`, name));
    const first = store.roles.stretch({}, 2);
    store.roles.delete("rol_a");
    const second = store.roles.stretch({}, 2, first.next);
    expect(first.items.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(second).toEqual({ items: [role("rol_c", "c")] });
  });

  it("has another version of a collection after each change, also one that is taken back", () => {
    const store = openStore();
    const seen = new Set([store.roles.version]);
    const isNew = () => seen.size < seen.add(store.roles.version).size;
    store.roles.insert(role("rol_1", "buyer"));
    expect(isNew()).toBe(true);
    store.roles.replace(role("rol_1", "seller"));
    expect(isNew()).toBe(true);
    expect(() =>
      store.transaction(() => {
        store.roles.delete("rol_1");
        expect(isNew()).toBe(true);
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(isNew()).toBe(true);
    store.roles.get("rol_1");
    expect(isNew()).toBe(false);
  });

  it("takes back all that a failed transaction wrote", () => {
    const store = openStore();
    const work = () => {
      store.roles.insert(role("rol_1", "buyer"));
      store.transaction(() => store.roles.insert(role("rol_2", "seller")));
      throw new Error("no");
    };
    expect(() => store.transaction(work)).toThrow("no");
    expect(store.roles.count()).toBe(0);
  });

  it("refuses a transaction that waits", () => {
    const store = openStore();
    const work = async () => store.roles.insert(role("rol_1", "buyer"));
    expect(() => store.transaction(work)).toThrow(/cannot wait/);
    expect(store.roles.count()).toBe(0);
  });

  it("loads a dump in place of everything", () => {
    const store = openStore();
    store.roles.insert(role("rol_1", "buyer"));
    const dump = store.dump();
    store.roles.insert(role("rol_2", "seller"));
    store.load(dump);
    expect(store.roles.find()).toEqual([role("rol_1", "buyer")]);
  });
});
