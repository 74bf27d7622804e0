import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call, make } = managementApi();

const hook = (name: string, more: object = {}) => ({
  name,
  script: "module.exports = function (user, context, cb) { cb(null, {}); };",
  triggerId: "post-user-registration",
  ...more,
});
const rule = (name: string, more: object = {}) => ({
  name,
  script: "function (u, c, cb) { cb(null, u, c); }",
  ...more,
});

describe("hooks", () => {
  it("are made disabled, with a ULID and no dependencies", async () => {
    expect(await call("POST", "/hooks", hook("assign"))).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        ...hook("assign"),
        dependencies: {},
        enabled: false,
      },
    });
  });

  it("cannot move to another extensibility point or take a name that is taken", async () => {
    const { id } = await make("/hooks", hook("assign"));
    await make("/hooks", hook("other"));
    expect((await call("PATCH", `/hooks/${id}`, { triggerId: "credentials-exchange" })).status).toBe(400);
    expect((await call("PATCH", `/hooks/${id}`, { name: "other" })).status).toBe(409);
  });

  it("are enabled one at a time per extensibility point", async () => {
    const first = await make("/hooks", hook("first", { enabled: true }));
    const second = await make("/hooks", hook("second"));
    await call("PATCH", `/hooks/${second.id}`, { enabled: true });
    expect((await call("GET", `/hooks/${first.id}`)).body).toMatchObject({ enabled: false });
  });

  it("never show their secrets", async () => {
    const { id } = await make("/hooks", hook("assign"));
    expect(await call("POST", `/hooks/${id}/secrets`, { KEY: "hush", OTHER: "quiet" })).toEqual({
      status: 201,
      body: {},
    });
    expect((await call("PATCH", `/hooks/${id}/secrets`, { KEY: "new" })).status).toBe(201);
    expect((await call("DELETE", `/hooks/${id}/secrets`, ["OTHER"])).status).toBe(204);
    expect((await call("GET", `/hooks/${id}/secrets`)).body).toEqual({ KEY: "_VALUE_NOT_SHOWN_" });
    expect(JSON.stringify((await call("GET", `/hooks/${id}`)).body)).not.toContain("new");
  });

  it("have at most twenty secrets", async () => {
    const { id } = await make("/hooks", hook("assign"));
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`KEY_${n}`, "x"]));
    expect((await call("POST", `/hooks/${id}/secrets`, many)).status).toBe(400);
  });

  it("are listed without their scripts", async () => {
    await make("/hooks", hook("assign"));
    expect((await call<object[]>("GET", "/hooks")).body[0]).not.toHaveProperty("script");
  });
});

describe("rules", () => {
  it("come last unless they name a place, and are listed by it", async () => {
    const first = await make<{ id: string; order: number }>("/rules", rule("first"));
    expect(first).toMatchObject({
      id: expect.stringMatching(/^rul_/),
      order: 1,
      enabled: true,
      stage: "login_success",
    });
    await make("/rules", rule("third", { order: 30 }));
    await make("/rules", rule("second", { order: 20 }));
    expect(await make("/rules", rule("last"))).toMatchObject({ order: 31 });
    const { body } = await call<{ name: string }[]>("GET", "/rules");
    expect(body.map(({ name }) => name)).toEqual(["first", "second", "third", "last"]);
  });

  it("cannot share a name or a place", async () => {
    await make("/rules", rule("first"));
    expect((await call("POST", "/rules", rule("first"))).status).toBe(409);
    expect((await call("POST", "/rules", rule("other", { order: 1 }))).status).toBe(409);
  });
});

describe("rules configs", () => {
  it("are set by key, listed without values, in the order in which they were made", async () => {
    expect(await call("PUT", "/rules-configs/B_KEY", { value: "1" })).toEqual({
      status: 200,
      body: { key: "B_KEY", value: "1" },
    });
    await call("PUT", "/rules-configs/A_KEY", { value: "" });
    await call("PUT", "/rules-configs/B_KEY", { value: "2" });
    expect((await call("GET", "/rules-configs?include_totals=true")).body).toEqual([
      { key: "B_KEY" },
      { key: "A_KEY" },
    ]);
    expect((await call("DELETE", "/rules-configs/B_KEY")).status).toBe(204);
    expect((await call("PUT", "/rules-configs/no%20blanks", { value: "" })).body).toMatchObject({
      errorCode: "invalid_uri",
    });
  });
});
