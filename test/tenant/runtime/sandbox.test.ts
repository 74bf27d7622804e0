import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { createRuntime } from "../../../tenant/runtime/index.ts";

const runtime = createRuntime({ network: () => ["127.0.0.1"] });
const impatient = createRuntime({ deadline: 300 });
afterAll(() => {
  runtime.close();
  impatient.close();
});

/** Runs the body of an action; its `report(value)` is what comes back. */
const run = (body: string, by = runtime) =>
  by.runActions(
    "post-login",
    [
      {
        name: "policy",
        code: `exports.onExecutePostLogin = async (event, api) => { const report = (value) => api.user.setAppMetadata('report', value); ${body} };`,
        secrets: {},
      },
    ],
    {},
  );

const report = async (body: string, by = runtime) => {
  const { result } = await run(body, by);
  if (!result.ok) throw new Error(result.failure.message);
  const [effect] = result.value;
  return effect?.type === "user.setAppMetadata" ? effect.value : undefined;
};

const failure = async (body: string, by = runtime) => {
  const { result } = await run(body, by);
  return result.ok ? "ok" : result.failure.kind;
};

describe("the sandbox", () => {
  it.each([
    ["an infinite loop", "for (;;);"],
    ["an endless chain of promises", "for (;;) await null;"],
    ["waiting for ever", "await new Promise(() => {});"],
  ])("ends %s at the deadline and goes on with the next execution", async (_what, body) => {
    expect(await failure(body, impatient)).toBe("deadline");
    expect(await report("report('alive');", impatient)).toBe("alive");
  });

  it.each([
    ["process.exit", "process.exit(0);", "crash"],
    ["filling the heap", "const all = []; for (;;) all.push(new Array(100000).fill(all.length));", "crash"],
    [
      "filling the memory outside of the heap",
      "const all = []; for (;;) all.push(Buffer.alloc(5e7, 1));",
      "error",
    ],
  ])("survives %s and goes on with the next execution", async (_what, body, kind) => {
    expect(await failure(body)).toBe(kind);
    expect(await report("report('alive');")).toBe("alive");
  });

  it.each([
    ["a loop", "setTimeout(() => { for (;;); }, 0);"],
    ["an endless chain of promises", "(async () => { for (;;) await null; })();"],
    ["process.exit", "require('timers').setImmediate(() => process.exit());"],
    ["a throw", "setTimeout(() => { throw new Error('late'); }, 0);"],
  ])("is not disturbed by %s that begins when the execution has ended", async (_what, body) => {
    await run(body);
    expect(await report("report('alive');")).toBe("alive");
  });

  it("shows neither the environment nor the arguments of the tenant", async () => {
    expect(await report("report([Object.keys(process.env), process.argv]);")).toEqual([[], ["node"]]);
  });

  it.each([
    "fs",
    "node:fs",
    "fs/promises",
    "child_process",
    "worker_threads",
    "cluster",
    "module",
    "vm",
    "v8",
    "left-pad",
  ])("has no module %s", async (name) => {
    expect(await report(`try { require('${name}'); } catch (error) { report(error.message); }`)).toBe(
      `Cannot find module '${name}'`,
    );
  });

  it("has Node's crypto, which differs from the global crypto", async () => {
    expect(
      await report(
        "report([typeof require('crypto').createHmac, typeof crypto.createHmac, typeof crypto.randomUUID()]);",
      ),
    ).toEqual(["function", "undefined", "string"]);
  });

  it.each([
    ["the global object's constructor", "globalThis.constructor.constructor('return process.binding')()"],
    ["a shared function's constructor", "fetch.constructor('return process')()"],
    ["a module's function", "require('util').inspect.constructor('return process')()"],
    ["a dynamic import", "await import('node:fs')"],
  ])("does not lead to the process by %s", async (_way, expression) => {
    expect(
      await report(`try { report(typeof (${expression})); } catch (error) { report('refused'); }`),
    ).toMatch(/^(undefined|refused)$/);
  });

  it("waits with setTimeout, also as a promise, and stops what was cleared", async () => {
    expect(
      await report(
        `const timer = setTimeout(() => report('cleared'), 0);
         clearTimeout(timer);
         await new Promise((resolve) => setTimeout(resolve, 1));
         report(await require('util').promisify(setTimeout)(1, 'waited'));`,
      ),
    ).toBe("waited");
  });

  it("recognises errors of Node's own modules as errors", async () => {
    expect(
      await report(
        "try { new URL('nonsense'); } catch (error) { report([error instanceof Error, error instanceof RangeError]); }",
      ),
    ).toEqual([true, false]);
  });

  it("keeps console output, by stream, also of an execution that fails", async () => {
    const { console, result } = await run(
      "console.log('a', { b: 1 }); console.error('c\\nd'); throw new Error('no');",
    );
    expect(result.ok).toBe(false);
    expect(console).toEqual([
      { by: "policy", stream: "log", text: "a { b: 1 }" },
      { by: "policy", stream: "error", text: "c\nd" },
    ]);
  });

  it("cuts console output at 64 KiB", async () => {
    const { console } = await run("for (let i = 0; i < 100; i++) console.log('x'.repeat(1000));");
    expect(console.reduce((sum, line) => sum + line.text.length, 0)).toBe(64 * 1024);
  });

  it("reaches the network by fetch and by http", async () => {
    const server = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(
      await report(
        `const viaHttp = await new Promise((resolve) => require('http').get('${url}', (response) => response.setEncoding('utf8').on('data', resolve)));
         report([await (await fetch('${url}')).text(), viaHttp]);`,
      ),
    ).toEqual(["hello", "hello"]);
    server.close();
  });

  it("runs many executions at once", async () => {
    const values = await Promise.all(
      Array.from({ length: 8 }, (_, index) => report(`await null; report(${index});`)),
    );
    expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("fails executions under way when it is closed", async () => {
    const closing = createRuntime();
    const execution = closing.runActions(
      "post-login",
      [{ name: "a", code: "exports.onExecutePostLogin = () => new Promise(() => {});", secrets: {} }],
      {},
    );
    closing.close();
    expect((await execution).result).toMatchObject({ ok: false, failure: { kind: "crash" } });
  });
});
