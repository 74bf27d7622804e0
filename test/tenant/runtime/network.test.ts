import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRuntime, type Runtime } from "../../../tenant/runtime/index.ts";

const server = createServer((_request, response) => response.end("hello"));
let allowed: Runtime;
const closed = createRuntime();
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port; // not a pipe
  allowed = createRuntime({ network: () => [`localhost:${port}`] });
});
afterAll(() => {
  server.close();
  allowed.close();
  closed.close();
});

/** What the expression comes to in a policy; of one that fails, the message. */
async function evaluate(by: Runtime, expression: string): Promise<unknown> {
  const code = `exports.onExecutePostLogin = async (event, api) => { api.user.setAppMetadata('got', ${expression}); };`;
  const { result, steps } = await by.runActions("post-login", [{ name: "policy", code, secrets: {} }], {});
  if (!result.ok) return result.failure.message;
  const [effect] = result.value;
  const requests = steps[0]?.effects.filter(({ type }) => type === "request");
  return effect?.type === "user.setAppMetadata" ? { got: effect.value, requests } : undefined;
}

const viaHttp = (url: string) =>
  `await new Promise((resolve, reject) => require('http').get('${url}', (answer) => answer.setEncoding('utf8').on('data', resolve)).on('error', reject))`;

describe("the network of policies", () => {
  it("has the hosts that are named, and each request is told without its query", async () => {
    const url = `http://localhost:${port}`;
    const requests = [{ type: "request", name: `GET ${url}/who`, value: 200 }];
    expect(await evaluate(allowed, `await (await fetch('${url}/who?key=1')).text()`)).toEqual({
      got: "hello",
      requests,
    });
    expect(await evaluate(allowed, viaHttp(`${url}/who?key=1`))).toEqual({ got: "hello", requests });
  });

  it("refuses every other host and port, by name and by address", async () => {
    const refusal = (place: string) =>
      `the sandbox may not connect to ${place}: name it in the tenant's option "network", --network on the command line`;
    const socket = (options: string) =>
      `await new Promise((resolve, reject) => require('net').connect(${options}, resolve).on('error', reject))`;
    const cases: readonly (readonly [string, string])[] = [
      ["await fetch('https://example.com/')", "example.com:443"],
      [viaHttp("http://example.com/"), "example.com:80"],
      [`await fetch('http://127.0.0.1:${port}/')`, `127.0.0.1:${port}`],
      [`await fetch('http://localhost:1/')`, "localhost:1"],
      [socket(`{ port: ${port}, host: '127.0.0.1' }`), `127.0.0.1:${port}`],
      [socket("9, '10.0.0.1'"), "10.0.0.1:9"],
      [socket("{ port: 1 }"), "localhost:1"],
      ["await require('dns').promises.lookup('example.com')", "example.com"],
      [
        "await new Promise((resolve, reject) => require('dns').lookup('example.com', (error) => reject(error)))",
        "example.com",
      ],
      [
        "await new Promise((resolve, reject) => require('tls').connect(443, 'example.com').on('error', reject))",
        "example.com:443",
      ],
      [
        "await new Promise((resolve, reject) => require('http2').connect('https://example.com').on('error', reject))",
        "example.com:443",
      ],
    ];
    for (const [expression, place] of cases)
      expect(await evaluate(allowed, expression), expression).toBe(refusal(place));
  });

  it("is empty unless told", async () => {
    expect(await evaluate(closed, `await fetch('http://localhost:${port}/')`)).toContain("may not connect");
  });

  it("does not follow a lookup of the policy's own", async () => {
    const lookup = "(name, options, done) => done(null, [{ address: '10.0.0.1', family: 4 }])";
    const expression = `await new Promise((resolve, reject) => require('net').connect({ host: 'localhost', port: ${port}, lookup: ${lookup} }, resolve).on('error', (error) => reject(error)))`;
    expect(await evaluate(allowed, expression)).toContain("EACCES");
  });
});
