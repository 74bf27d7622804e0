import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call } = managementApi();

describe("settings of prompts", () => {
  it("are kept, and go back to what they were at first by null", async () => {
    expect((await call("PATCH", "/prompts", { identifier_first: true })).body).toEqual({
      universal_login_experience: "new",
      identifier_first: true,
      webauthn_platform_first_factor: false,
    });
    expect((await call("GET", "/prompts")).body).toMatchObject({ identifier_first: true });
    expect((await call("PATCH", "/prompts", { identifier_first: null })).body).toMatchObject({
      identifier_first: false,
    });
  });

  it("are not changed by a body that changes nothing or is wrong", async () => {
    for (const body of [{}, { universal_login_experience: "newest" }, { colour: "red" }])
      expect(await call("PATCH", "/prompts", body)).toMatchObject({ status: 400 });
  });
});

describe("custom text of a prompt", () => {
  it("is empty at first and replaced as a whole, by language", async () => {
    const path = "/prompts/login/custom-text/en";
    expect(await call("GET", path)).toEqual({ status: 200, body: {} });
    const text = { login: { title: "Hello", buttonText: "Go on" } };
    expect(await call("PUT", path, text)).toEqual({ status: 200, body: text });
    expect((await call("PUT", path, { login: { title: "Hi" } })).body).toEqual({ login: { title: "Hi" } });
    expect((await call("GET", path)).body).toEqual({ login: { title: "Hi" } });
    expect((await call("GET", "/prompts/login/custom-text/de")).body).toEqual({});
  });
});

describe("partials of a prompt", () => {
  it("are replaced as a whole, without the screens that have none", async () => {
    const path = "/prompts/signup/partials";
    const body = { signup: { "form-content-start": "<p>Welcome</p>" } };
    expect(await call("PUT", path, { ...body, "signup-id": {} })).toEqual({ status: 200, body });
    expect((await call("GET", path)).body).toEqual(body);
    expect((await call("PUT", path, { signup: {} })).body).toEqual({});
    expect((await call("GET", path)).body).toEqual({});
  });
});

describe("the rendering of a screen", () => {
  const path = "/prompts/login-id/screen/login-id/rendering";

  it("answers with what was sent, keeps the rest, and is shown whole", async () => {
    await call("PATCH", path, { rendering_mode: "advanced", head_tags: [{ tag: "script" }] });
    expect(await call("PATCH", path, { use_page_template: true })).toEqual({
      status: 200,
      body: { use_page_template: true },
    });
    expect((await call("GET", path)).body).toEqual({
      tenant: expect.any(String),
      prompt: "login-id",
      screen: "login-id",
      rendering_mode: "advanced",
      context_configuration: [],
      default_head_tags_disabled: false,
      head_tags: [{ tag: "script" }],
      filters: null,
      use_page_template: true,
    });
  });

  it("is changed for several screens at once, and listed for those that were changed", async () => {
    const configs = [
      { prompt: "login-id", screen: "login-id", rendering_mode: "advanced" },
      { prompt: "signup-id", screen: "signup-id", rendering_mode: "standard" },
    ];
    expect(await call("PATCH", "/prompts/rendering", { configs })).toEqual({
      status: 200,
      body: { configs },
    });
    expect((await call("GET", "/prompts/rendering?include_totals=true")).body).toMatchObject({
      configs,
      start: 0,
      total: 2,
    });
    expect((await call("GET", "/prompts/rendering?prompt=signup-id&fields=screen")).body).toEqual([
      { screen: "signup-id" },
    ]);
  });
});
