import { once } from "node:events";
import { text } from "node:stream/consumers";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createTenant } from "../../tenant/index.ts";

const tenant = await createTenant({ managementToken: "t" });
await tenant.fetch("/.well-known/jwks.json"); // makes the next key
afterAll(() => tenant.close());
let before: string;
beforeEach(() => {
  before = JSON.stringify(tenant.snapshot());
});

const { port } = new URL(tenant.url);

async function open(): Promise<TLSSocket> {
  const socket = connect({ port: Number(port), host: "localhost", ca: tenant.ca.pem });
  await once(socket, "secureConnect");
  return socket;
}

/** All that comes back for these bytes until the tenant ends the connection, which it is asked to do. */
async function answerTo(...pieces: readonly string[]): Promise<string> {
  const socket = await open();
  socket.on("error", () => {}); // a connection may be ended while something is still sent
  for (const piece of pieces) socket.write(piece, "latin1");
  return text(socket);
}

const request = (line: string, headers: readonly string[] = [], body = "") =>
  [
    `${line} HTTP/1.1`,
    "host: localhost",
    "authorization: Bearer t",
    "connection: close",
    ...headers,
    "",
    body,
  ].join("\r\n");
const statuses = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

describe("over the wire", () => {
  it.each([
    ["a method that HTTP does not have", "BREW /api/v2/roles HTTP/1.1\r\nhost: localhost\r\n\r\n", [400]],
    ["no HTTP at all", "hello\r\n\r\n", [400]],
    ["a header of 20 kB", request("GET /api/v2/roles", [`x: ${"x".repeat(20_000)}`]), [431]],
    ["three thousand headers", request("GET /api/v2/roles", new Array(3000).fill("x: y")), [431]],
    ["a line break in a header", request("GET /api/v2/roles", ["x: a\nb"]), [400]],
    ["two lengths", request("POST /api/v2/roles", ["content-length: 2", "content-length: 3"], "{}"), [400]],
    [
      "a length and chunks",
      request("POST /api/v2/roles", ["content-length: 2", "transfer-encoding: chunked"], "0\r\n\r\n"),
      [400],
    ],
    [
      "a chunk of no size",
      request("POST /api/v2/roles", ["transfer-encoding: chunked"], "zz\r\n{}\r\n0\r\n\r\n"),
      [400],
    ],
    ["a method that echoes", request("TRACE /api/v2/roles"), [501]],
    ["a percent sign alone", request("GET /api/v2/roles/%"), [404]],
    ["a path with NUL", request("GET /api/v2/roles/%00"), [404]],
    ["slashes that are doubled", request("GET //api//v2//roles"), [501]],
    ["a whole URL of elsewhere", request("GET https://elsewhere.example.com/api/v2/roles"), [200]],
    ["HTTP 1.0", "GET /.well-known/jwks.json HTTP/1.0\r\nhost: localhost\r\n\r\n", [200]],
    ["no host", "GET /.well-known/jwks.json HTTP/1.0\r\n\r\n", [400]],
    ["a body to a GET", request("GET /api/v2/roles", ["content-length: 2"], "{}"), [200]],
    [
      "three requests at once",
      "GET /.well-known/jwks.json HTTP/1.1\r\nhost: a\r\n\r\n".repeat(2) + request("GET /userinfo"),
      [200, 200, 401],
    ],
  ])("%s is answered, and nothing changes", async (_what, bytes, expected) => {
    expect(statuses(await answerTo(bytes))).toEqual(expected);
    expect(JSON.stringify(tenant.snapshot())).toBe(before);
  });

  it("a body that is announced as too large is refused before it comes", async () => {
    const answer = await answerTo(request("POST /api/v2/roles", ["content-length: 1000000000"]));
    expect(statuses(answer)).toEqual([413]);
    expect(JSON.stringify(tenant.snapshot())).toBe(before);
  });

  it("chunks that go on for ever are refused when they are too many", async () => {
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const answer = await answerTo(
      request("POST /api/v2/roles", ["transfer-encoding: chunked"]),
      ...new Array(40).fill(chunk),
    );
    expect(statuses(answer)).toEqual([413]);
    expect(JSON.stringify(tenant.snapshot())).toBe(before);
  });

  it.each([
    ["by its length", ["content-length: 100"], '{"name":"cut'],
    ["by its chunks", ["transfer-encoding: chunked"], '5\r\n{"nam\r\n'],
  ])("a body that is cut off %s changes nothing, and the tenant goes on", async (_how, headers, part) => {
    const socket = await open();
    socket.on("error", () => {});
    socket.write(request("POST /api/v2/roles", headers, part));
    socket.destroySoon();
    await once(socket, "close");
    await vi.waitFor(() =>
      expect(tenant.calls().at(-1)).toMatchObject({ operation: "createRole", status: 400 }),
    );
    expect(statuses(await answerTo(request("GET /api/v2/roles")))).toEqual([200]);
    expect(JSON.stringify(tenant.snapshot())).toBe(before);
  });
});
