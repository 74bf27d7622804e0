import { describe, expect, it } from "vitest";
import { type Answer, faultOf } from "../../fuzz/tenant/judge.ts";
import { runRounds } from "../../fuzz/tenant/rounds.ts";

describe("fuzzing the tenant", () => {
  it("finds nothing in 2,000 requests that is answered by a bug, in no form, or by a change of what was refused", async () => {
    const { passed, failures, accepted } = await runRounds(1, 2000);
    expect(failures).toEqual([]);
    expect(passed).toBe(2000);
    // Requests that are all refused at the door would find nothing behind it.
    expect(accepted).toBeGreaterThan(100);
  });
});

describe("an answer", () => {
  const request = { api: "management", method: "POST", path: "/api/v2/roles", headers: {} } as const;
  const refusal = { statusCode: 400, error: "Bad Request", message: "no" };
  const answer = (status: number, body: unknown, more: Partial<Answer> = {}): Answer => ({
    status,
    type: "application/json; charset=utf-8",
    text: typeof body === "string" ? body : JSON.stringify(body),
    milliseconds: 1,
    ...more,
  });

  it.each<[string, Answer, boolean]>([
    ["answers 500", answer(500, refusal), false],
    ["takes 6000 ms", answer(200, {}, { milliseconds: 6000 }), false],
    ["shows where the program is", answer(200, "at Object.f (file:///x/tenant/store.ts:1:1)"), false],
    ["answers 400 and changes the state", answer(400, refusal), true],
    ['answers 404 as "text/plain"', answer(404, "no", { type: "text/plain" }), false],
    [
      'answers 404 in another form than its API: {"statusCode":400,"error":"Bad Request","message":"no"}',
      answer(404, refusal),
      false,
    ],
    [
      'answers 400 in another form than its API: {"error":{"code":"x"}}',
      answer(400, { error: { code: "x" } }),
      false,
    ],
  ])("is wrong where it %s", (fault, given, hasChanged) => {
    expect(faultOf(request, given, hasChanged)).toBe(fault);
  });

  it("is right where it refuses in the API's form, or accepts and changes something", () => {
    expect(faultOf(request, answer(400, refusal), false)).toBeUndefined();
    expect(faultOf(request, answer(201, { id: "rol_1" }), true)).toBeUndefined();
    expect(faultOf(request, answer(501, { ...refusal, statusCode: 501 }), false)).toBeUndefined();
  });
});
