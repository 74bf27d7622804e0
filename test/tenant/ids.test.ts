import { describe, expect, it } from "vitest";
import { createIds, seededSource } from "../../tenant/ids.ts";

const ids = createIds();
const now = Date.parse("2026-08-01T12:00:00.000Z");

describe("ids", () => {
  it.each([
    ["a role", ids.prefixed("rol"), /^rol_[A-Za-z0-9]{16}$/],
    ["a credential", ids.credential(), /^cred_[A-Za-z0-9]{22}$/],
    ["a client", ids.clientId(), /^[A-Za-z0-9]{32}$/],
    ["a client secret", ids.secret(), /^[A-Za-z0-9_-]{64}$/],
    ["a resource server", ids.hex24(), /^[0-9a-f]{24}$/],
    ["a hook", ids.ulid(now), /^01[0-9A-HJKMNP-TV-Z]{24}$/],
    ["an action", ids.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["a log entry", ids.log(now), /^90020260801120000000\d{36}$/],
  ])("of %s have Auth0's shape", (_, id, shape) => {
    expect(id).toMatch(shape);
  });

  it("repeat with the same seed and differ with another", () => {
    const [one, same, other] = ["a", "a", "b"].map((seed) => createIds(seededSource(seed)));
    expect(one?.clientId()).toBe(same?.clientId());
    expect(one?.uuid()).toBe(same?.uuid());
    expect(one?.clientId()).not.toBe(other?.clientId());
  });

  it("of hooks sort by the time they are made", () => {
    expect(ids.ulid(now) < ids.ulid(now + 1)).toBe(true);
  });
});
