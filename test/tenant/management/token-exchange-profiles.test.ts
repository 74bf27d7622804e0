import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call, make } = managementApi();

const action = (id = "custom-token-exchange") =>
  make<{ id: string }>("/actions/actions", {
    name: `Exchange ${id}`,
    supported_triggers: [{ id, version: "v1" }],
    code: "exports.onExecuteCustomTokenExchange = async () => {};",
  });
const profile = (action_id: string) => ({
  name: "Partner",
  subject_token_type: "https://partner.example/token",
  action_id,
  type: "custom_authentication",
});

describe("a token exchange profile", () => {
  it("is made, found, changed, listed and deleted", async () => {
    const { id: action_id } = await action();
    const { status, body } = await call("POST", "/token-exchange-profiles", profile(action_id));
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^tep_[A-Za-z0-9]{16}$/),
      ...profile(action_id),
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const path = `/token-exchange-profiles/${String(body.id)}`;
    expect((await call("GET", path)).body).toEqual(body);
    expect(await call("PATCH", path, { name: "Other" })).toMatchObject({
      status: 200,
      body: { name: "Other" },
    });
    expect((await call("GET", "/token-exchange-profiles?take=10")).body).toMatchObject({
      token_exchange_profiles: [{ name: "Other" }],
    });
    expect(await call("DELETE", path)).toMatchObject({ status: 204 });
    expect(await call("GET", path)).toMatchObject({
      status: 404,
      body: { message: "Token exchange profile not found." },
    });
  });

  it("is the only one of its token type, and has an action of its trigger", async () => {
    const { id } = await action();
    await make("/token-exchange-profiles", profile(id));
    expect(await call("POST", "/token-exchange-profiles", profile(id))).toMatchObject({ status: 409 });
    const { id: other } = await action("post-login");
    expect(
      await call("POST", "/token-exchange-profiles", {
        ...profile(other),
        subject_token_type: "https://x.example/",
      }),
    ).toMatchObject({ status: 400 });
  });
});
