import { describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { createTenant } from "../../../tenant/index.ts";
import { managementApi } from "../support/management.ts";

const { call, make } = managementApi();
const YAML = packageJson.dependencies.yaml;

const action = (name: string, more: object = {}) => ({
  name,
  supported_triggers: [{ id: "post-login", version: "v3" }],
  code: "exports.onExecutePostLogin = async () => {};",
  ...more,
});
const BINDINGS = "/actions/triggers/post-login/bindings";
const bind = (...ids: string[]) => ({
  bindings: ids.map((value) => ({
    ref: { type: "action_id", value },
    display_name: `bound ${value.length}`,
  })),
});

/** A deployed action's id. */
const deployed = async (name: string) => {
  const { id } = await make("/actions/actions", action(name));
  await call("GET", `/actions/actions/${id}`);
  await call("POST", `/actions/actions/${id}/deploy`);
  return id;
};

describe("actions", () => {
  it("are pending when made and built when first looked at", async () => {
    const made = await make<{ id: string }>(
      "/actions/actions",
      action("a", { secrets: [{ name: "KEY", value: "hush" }] }),
    );
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...action("a"),
      dependencies: [],
      runtime: "node22",
      status: "pending",
      secrets: [{ name: "KEY", updated_at: expect.any(String) }],
      all_changes_deployed: false,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect((await call("GET", `/actions/actions/${made.id}`)).body).toMatchObject({ status: "built" });
  });

  it("are built when a list shows them, as a0deploy expects that deploys after it", async () => {
    const { id } = await make("/actions/actions", action("a"));
    expect((await call("GET", "/actions/actions")).body).toMatchObject({
      actions: [{ id, status: "built" }],
    });
    expect(await call("POST", `/actions/actions/${id}/deploy`)).toMatchObject({ status: 200 });
  });

  it("cannot be deployed before they are built", async () => {
    const { id } = await make("/actions/actions", action("a"));
    expect(await call("POST", `/actions/actions/${id}/deploy`)).toMatchObject({
      status: 400,
      body: { message: "A draft must be in the 'built' state before it can be deployed." },
    });
  });

  it("show the version that runs, which a later change leaves as it is", async () => {
    const { id } = await make("/actions/actions", action("a"));
    await call("GET", `/actions/actions/${id}`);
    expect(await call("POST", `/actions/actions/${id}/deploy`)).toMatchObject({
      status: 200,
      body: { number: 1, deployed: false, status: "built", action: { id, all_changes_deployed: false } },
    });
    expect((await call("GET", `/actions/actions/${id}`)).body).toMatchObject({
      all_changes_deployed: true,
      deployed_version: { number: 1, deployed: true },
      current_version: { number: 1, status: "BUILT" },
    });
    const { body } = await call("PATCH", `/actions/actions/${id}`, {
      code: "exports.onExecutePostLogin = null;",
    });
    expect(body).toMatchObject({
      status: "pending",
      all_changes_deployed: false,
      deployed_version: { code: action("a").code },
    });
  });

  it("keep their versions, and go back to one by deploying it", async () => {
    const id = await deployed("a");
    await call("PATCH", `/actions/actions/${id}`, { code: "two" });
    await call("GET", `/actions/actions/${id}`);
    await call("POST", `/actions/actions/${id}/deploy`);
    const { body } = await call<{ versions: { id: string; number: number }[] }>(
      "GET",
      `/actions/actions/${id}/versions`,
    );
    expect(body.versions.map(({ number }) => number)).toEqual([2, 1]);
    const back = await call("POST", `/actions/actions/${id}/versions/${body.versions[1]?.id}/deploy`);
    expect(back).toMatchObject({ status: 202, body: { number: 3 } });
    expect((await call("GET", `/actions/actions/${id}`)).body).toMatchObject({
      code: "two",
      deployed_version: { number: 3, code: action("a").code },
    });
  });

  it("keep the value of a secret that is sent without one, and lose those that are left out", async () => {
    const secrets = [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ];
    const { id } = await make("/actions/actions", action("a", { secrets }));
    const { body } = await call("PATCH", `/actions/actions/${id}`, { secrets: [{ name: "B" }] });
    expect(body.secrets).toEqual([{ name: "B", updated_at: expect.any(String) }]);
  });

  it("that are bound are deleted only by force", async () => {
    const id = await deployed("a");
    await call("PATCH", BINDINGS, bind(id));
    expect((await call("DELETE", `/actions/actions/${id}`)).status).toBe(409);
    expect((await call("DELETE", `/actions/actions/${id}?force=true`)).status).toBe(204);
    expect((await call("GET", BINDINGS)).body).toEqual({ bindings: [], per_page: 100 });
  });

  it("that are gone are 404 for a second DELETE, without errorCode", async () => {
    expect(await call("DELETE", "/actions/actions/00000000-0000-4000-8000-000000000000")).toEqual({
      status: 404,
      body: { statusCode: 404, error: "Not Found", message: "That action does not exist." },
    });
  });

  it("leave zeros out of their pages, and the total out of an empty one", async () => {
    await make("/actions/actions", action("a"));
    const full = await call("GET", "/actions/actions?actionName=a&per_page=50");
    expect(full.body).toEqual({ actions: [expect.objectContaining({ name: "a" })], total: 1, per_page: 50 });
    const beyond = await call("GET", "/actions/actions?actionName=a&per_page=50&page=1");
    expect(beyond.body).toEqual({ actions: [], page: 1, per_page: 50 });
  });
});

describe("the bindings of a trigger", () => {
  it("are replaced as a whole, in order, with new ids", async () => {
    const [a, b] = [await deployed("a"), await deployed("b")];
    const first = await call<{ bindings: { id: string }[] }>("PATCH", BINDINGS, bind(a, b));
    const second = await call<{ bindings: { id: string }[] }>("PATCH", BINDINGS, bind(b, a));
    expect(second.body.bindings).toMatchObject([{ action: { id: b } }, { action: { id: a } }]);
    const ids = [...first.body.bindings, ...second.body.bindings].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await call("GET", BINDINGS)).body).toMatchObject({
      bindings: [
        { trigger_id: "post-login", action: { id: b, all_changes_deployed: false } },
        { action: { id: a } },
      ],
      total: 2,
      per_page: 100,
    });
  });

  it("take only actions that are deployed and of that trigger", async () => {
    const { id } = await make("/actions/actions", action("a"));
    expect((await call("PATCH", BINDINGS, bind(id))).status).toBe(400);
    const ready = await deployed("b");
    expect((await call("PATCH", "/actions/triggers/credentials-exchange/bindings", bind(ready))).status).toBe(
      400,
    );
    expect((await call("PATCH", "/actions/triggers/nothing/bindings", bind(ready))).status).toBe(404);
  });
});

describe("the build of an action, where no folder is known", () => {
  it("succeeds whatever it declares, as if its packages were fetched", async () => {
    const dependencies = [{ name: "yaml", version: "0.0.1" }];
    const { id } = await make<{ id: string }>("/actions/actions", action("a", { dependencies }));
    const { body } = await call("GET", `/actions/actions/${id}`);
    expect(body).toMatchObject({ status: "built", dependencies });
    expect(body).not.toHaveProperty("errors");
  });
});

describe("the build of an action, where the project's folder is known", () => {
  it("fails for a dependency that is not installed as declared, and says the way out", async () => {
    const tenant = await createTenant({ listen: false, root: process.cwd() });
    const token = await tenant.managementToken();
    const request = async (method: string, path: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await tenant.fetch(`/api/v2/actions/actions${path}`, init);
      return (await response.json()) as { readonly id: string }; // what each test asserts
    };
    const problem = `yaml@0.0.1 is declared, installed is ${YAML} in ${process.cwd()}: npm install --save-exact yaml@0.0.1`;
    const dependencies = [{ name: "yaml", version: "0.0.1" }];
    const { id } = await request("POST", "", action("a", { dependencies }));
    expect(await request("GET", `/${id}`)).toMatchObject({
      status: "failed",
      errors: [{ id: "dependency_not_installed", msg: problem }],
    });
    expect(await request("POST", `/${id}/deploy`)).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(problem),
    });
    await request("PATCH", `/${id}`, { dependencies: [{ name: "yaml", version: YAML }] });
    expect(await request("GET", `/${id}`)).toMatchObject({ status: "built" });
    await tenant.close();
  });
});
