import { afterAll, describe, expect, it } from "vitest";
import { createEstate, DATABASE } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, manage, shop } = estate;
await estate.signUp("ada@example.com");
afterAll(() => tenant.close());

/** Ada changes her password by the link that the log has. */
async function changePassword(password: string): Promise<void> {
  const body = JSON.stringify({ client_id: shop.client_id, connection: DATABASE, email: "ada@example.com" });
  const headers = { "content-type": "application/json" };
  await tenant.fetch("/dbconnections/change_password", { method: "POST", headers, body });
  const link = tenant.logs().findLast(({ type }) => type === "scpr")?.details?.ticket;
  const browser = estate.browser();
  const visit = await browser.open(String(link));
  if (visit.kind !== "page") throw new Error(`left for ${visit.url}`);
  await browser.submit(visit.page, { password });
  await tenant.settled();
}

describe("policies after a change of password", () => {
  it("are the hook, with the id without prefix, and then the actions, after the answer", async () => {
    const { id } = await manage<{ id: string }>("POST", "/hooks", {
      name: "changed",
      triggerId: "post-change-password",
      script:
        "module.exports = (user, context, cb) => { console.log(JSON.stringify([user, context.connection.name])); cb(null); };",
      enabled: true,
    });
    await estate.bindAction(
      "post-change-password",
      "exports.onExecutePostChangePassword = async (event) => { console.log(event.user.user_id); };",
    );
    await changePassword("New-Correct-Horse-1");
    const executions = tenant.logs().filter(({ type }) => type === "execution");
    const printed = executions.map(({ details = {} }) => {
      const [line] = details.console as { readonly text: string }[]; // as documented
      return line?.text;
    });
    const userId = executions[0]?.user_id ?? "";
    expect(JSON.parse(printed[0] ?? "")).toEqual([
      { id: userId.replace("auth0|", ""), email: "ada@example.com", last_password_reset: expect.any(String) },
      DATABASE,
    ]);
    expect(printed[1]).toBe(userId);

    await manage("PATCH", `/hooks/${id}`, {
      script: "module.exports = (user, context, cb) => cb(new Error('not told'));",
    });
    await changePassword("Other-Correct-Horse-1");
    expect(tenant.logs().find(({ type }) => type === "fcph")).toMatchObject({ description: "not told" });
  });

  it("run for a password that an administrator changes, too, and for nothing else that he changes", async () => {
    const userId = tenant.logs().find(({ type }) => type === "ss")?.user_id ?? "";
    const executed = () =>
      tenant.logs().filter(({ details }) => details?.trigger === "post-change-password").length;
    const before = executed();
    const change = async (body: object) => {
      await manage("PATCH", `/users/${encodeURIComponent(userId)}`, body);
      await tenant.settled();
    };
    await change({ nickname: "ada" });
    expect(executed()).toBe(before);
    await change({ password: "Third-Correct-Horse-1" });
    expect(executed()).toBe(before + 2);
  });
});
