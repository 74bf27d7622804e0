import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { policy } from "#policy";
import { type EventParts, runFlow, type Surroundings } from "#policy/testing";
import type { RunContext } from "../../src/policy/policy.ts";

type Login = RunContext<"login", Record<never, never>, never>;

/** A login policy of that name. */
const step = (name: string, run: (context: Login) => void | Promise<void>) =>
  policy({ name, on: ["login"], settings: {}, run });

const warn = vi.spyOn(console, "warn").mockReturnValue();
beforeEach(() => warn.mockClear());
afterAll(() => warn.mockRestore());

const claim = "https://claims.test/it";
const nameIt = step("name", ({ event, api }) => api.idToken.setCustomClaim(claim, event.user.app_metadata));

async function run(
  body: (context: Login) => void | Promise<void>,
  { event = {}, ...around }: Surroundings & { readonly event?: EventParts<"login"> } = {},
) {
  const first = step("first", body)({ onError: "continue" });
  return runFlow("login", [first, nameIt({})], event, around);
}

describe("a value that a policy wants", () => {
  it.each([
    ["undefined", undefined],
    ["a function", () => "never"],
  ])("changes nothing if it is %s", async (_, value) => {
    const { accessToken, appMetadata, userMetadata } = await run(({ api }) => {
      api.accessToken.setCustomClaim(claim, value);
      api.user.setAppMetadata("it", value);
      api.user.setUserMetadata("it", value);
    });
    expect([accessToken, appMetadata, userMetadata].flatMap((each) => Object.keys(each))).toEqual([]);
  });

  it("fails the policy if it is a bigint", async () => {
    const only = step("count", ({ api }) => api.idToken.setCustomClaim(claim, 1n));
    const { error } = await runFlow("login", [only({})], {});
    expect(error).toBe('policy "count" failed: Do not know how to serialize a BigInt');
  });

  it("is what it was when it was given, whatever becomes of it", async () => {
    const list = ["early"];
    const { accessToken, appMetadata } = await run(({ api }) => {
      api.accessToken.setCustomClaim(claim, list);
      api.user.setAppMetadata("list", list);
      list.push("late");
    });
    expect({ accessToken, appMetadata }).toEqual({
      accessToken: { [claim]: ["early"] },
      appMetadata: { list: ["early"] },
    });
  });

  it("leaves the objects of all others alone if its key is __proto__", async () => {
    const { idToken } = await run(({ api }) => {
      api.user.setAppMetadata("__proto__", { polluted: true });
      api.accessToken.setCustomClaim("__proto__", { polluted: true });
    });
    expect("polluted" in {}).toBe(false);
    expect(Object.keys(idToken)).toEqual([claim]);
  });
});

describe("a policy that goes on after its end", () => {
  it("has no effect any more", async () => {
    const late: (() => void)[] = [];
    const { accessToken, appMetadata, roles, denial, idToken } = await run(({ api }) => {
      late.push(() => {
        api.accessToken.setCustomClaim(claim, "late");
        api.user.setAppMetadata("late", true);
        api.authorization.addRole("Late");
        api.access.deny("late");
      });
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => late[0]?.())));
    });
    late[0]?.();
    expect({ accessToken, appMetadata, roles, denial }).toEqual({
      accessToken: {},
      appMetadata: {},
      roles: [],
      denial: undefined,
    });
    expect(idToken).toEqual({ [claim]: {} });
  });
});

describe("an event", () => {
  const event = { user: { app_metadata: { size: "XL", shoes: { left: 42 } } } };

  it.each<[string, (user: { app_metadata: { size?: string; shoes: { left: number } } }) => void]>([
    ["sets", (user) => (user.app_metadata.size = "S")],
    ["sets deep inside", (user) => (user.app_metadata.shoes.left = 0)],
    ["deletes", (user) => delete user.app_metadata.size],
  ])("is not changed by a policy that %s a part of it: that policy fails", async (_, change) => {
    const { idToken } = await run(({ event }) => change(event.user as never), { event });
    expect(idToken).toEqual({ [claim]: event.user.app_metadata });
  });

  it("is changed for policies behind by what one stores", async () => {
    const { idToken } = await run(({ api }) => api.user.setAppMetadata("size", "S"), { event });
    expect(idToken).toEqual({ [claim]: { size: "S", shoes: { left: 42 } } });
  });
});

describe("a policy that fails", () => {
  it("leaves nothing behind with onError continue, not even its denial", async () => {
    const { error, denial, calls, data, ...effects } = await run(({ api }) => {
      api.access.deny("not today");
      api.accessToken.setCustomClaim(claim, 1);
      api.user.setAppMetadata("changed", true);
      api.authorization.addRole("Admin");
      throw new Error("broken");
    });
    expect({ error, denial }).toEqual({ error: undefined, denial: undefined });
    expect(warn.mock.calls).toEqual([['policy "first" failed: broken']]);
    expect(effects).toEqual({
      accessToken: {},
      idToken: { [claim]: {} },
      appMetadata: {},
      userMetadata: {},
      roles: [],
      removedScopes: [],
    });
  });

  it.each([
    ["a text", "broken", "broken"],
    ["nothing", undefined, "undefined"],
    ["null", null, "threw something that is no error"],
    ["an object that has no text", Object.create(null), "threw something that is no error"],
    ["an error whose message is no text", { message: {} }, "threw something that is no error"],
  ])("is named when it throws %s", async (_, thrown, message) => {
    const only = step("odd", () => {
      throw thrown;
    });
    const { error } = await runFlow("login", [only({})], {});
    expect(error).toBe(`policy "odd" failed: ${message}`);
  });

  it("is kept from starting once the time is up, and all is denied", async () => {
    const { error, idToken } = await run(() => undefined, { timeLeft: () => 0 });
    expect({ error, idToken }).toEqual({ error: 'no time is left for policy "first"', idToken: {} });
  });
});

describe("a policy that calls a company's API", () => {
  it.each([
    ["over http", "http://api.example.com/", '"http://api.example.com/" is not https'],
    ["of another", "https://api.example.com@evil.test/", '"evil.test" is none of its hosts'],
    ["at another port", "https://api.example.com:8443/", '"api.example.com:8443" is none of its hosts'],
    ["at no address", "api.example.com", "Invalid URL"],
  ])("is refused a call %s", async (_, address, message) => {
    const caller = policy({
      name: "caller",
      on: ["login"],
      settings: {},
      hosts: ["api.example.com"],
      run: async ({ fetchJson }) => void (await fetchJson(address, { timeLimit: 1000 })),
    });
    const { error } = await runFlow("login", [caller({})], {}, { fetchJson: async () => ({}) });
    expect(error).toBe(`policy "caller" failed: ${message}`);
  });
});
