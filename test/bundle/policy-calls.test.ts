import { describe, expect, it } from "vitest";
import { loadFlows } from "../../src/bundle/index.ts";
import { checkout } from "./checkout.ts";
import { findings, ownPolicy, policyWith } from "./findings.ts";

const inPolicy = (parts: string, body: string, files: Readonly<Record<string, string>> = {}) =>
  findings(ownPolicy(policyWith(parts, body), files));

describe("operations of a policy", () => {
  const call = (name: string) => `    await management(${name}, { id: "x" });`;

  it("are called and listed", () => {
    expect(inPolicy('uses: ["users.get"],', call('"users.get"'))).toEqual([]);
  });

  it("are refused where they are called and not listed, with the way out", () => {
    const root = checkout(ownPolicy(policyWith("", call('"users.get"'))));
    expect(loadFlows(root).diagnostics).toMatchObject([
      {
        code: "policy-unknown-operation",
        message: '"users.get" is called, and not in the "uses" of policy "own"',
        at: { file: "hooks/own.ts", start: { line: 6, column: 22 }, end: { column: 33 } },
        help: 'write uses: ["users.get"]',
      },
    ]);
    expect(inPolicy('uses: ["users.roles.list"],', call('"users.get"'))).toEqual([
      "policy-unknown-operation hooks/own.ts:6:22-33",
      "policy-unused-operation hooks/own.ts:4:10-28",
    ]);
  });

  it("are warned of where they are listed and not called", () => {
    const root = checkout(
      ownPolicy(policyWith('uses: ["users.get", "users.roles.list"],', call('"users.get"'))),
    );
    const { value, diagnostics } = loadFlows(root);
    expect(diagnostics).toMatchObject([
      {
        code: "policy-unused-operation",
        severity: "warning",
        message: 'policy "own" uses "users.roles.list" and never calls it',
        at: { file: "hooks/own.ts", start: { line: 4, column: 23 }, end: { column: 41 } },
      },
    ]);
    expect(value.flows[0]?.steps).toHaveLength(1);
  });

  it.each([
    ["a call that computes the name", call("event.user.email")],
    [
      "a name that is handed on",
      '    const assign = (call, name) => call(name, {}); await assign(management, "users.get");',
    ],
    [
      "a call by way of the context",
      '    const context = { management }; await context.management("users.get", { id: "" });',
    ],
  ])("count as called by %s", (_, body) => {
    expect(inPolicy('uses: ["users.get"],', body)).toEqual([]);
  });

  it("may be called by a file that policies share, each with its own", () => {
    const other = policyWith('uses: ["users.roles.list"],', "    await roles(management);").replace(
      '"own"',
      '"other"',
    );
    const flows = `import { flows } from "#policy";
import other from "./other.ts";
import own from "./own.ts";
export default flows({ login: [own({}), other({})] });`;
    const calls = `export const user = (management) => management("users.get", { id: "" });
export const roles = (management) => management("users.roles.list", { id: "" });`;
    const own = policyWith('uses: ["users.get"],', "    await user(management);");
    const files = (shared: string) => ({
      "hooks/flows.ts": flows,
      "hooks/other.ts": `import { roles } from "./calls.ts";\n${other}`,
      "hooks/own.ts": `import { user } from "./calls.ts";\n${own}`,
      "hooks/calls.ts": shared,
    });
    expect(findings(files(calls))).toEqual([]);
    expect(findings(files(calls.replace("users.get", "users.roles.remove")))).toEqual([
      "policy-unknown-operation hooks/calls.ts:1:48-68",
      "policy-unused-operation hooks/own.ts:5:10-21",
    ]);
  });
});

describe("the network", () => {
  it.each([
    ["fetch", "    await fetch('https://a.test/');", "6:11-16"],
    ["fetch of the global object", "    await globalThis.fetch('https://a.test/');", "6:11-27"],
    ["a web socket", "    new WebSocket('wss://a.test/');", "6:9-18"],
    ["XMLHttpRequest", "    new XMLHttpRequest();", "6:9-23"],
    ["a module of Node", "    await import('node:https');", "6:11-31"],
    ["a required module of Node", "    require('dns/promises');", "6:5-28"],
  ])("is not reached by %s", (_, body, place) => {
    expect(inPolicy('hosts: ["a.test"],', body)).toEqual([`policy-undeclared-host hooks/own.ts:${place}`]);
  });

  it("is not reached by a file that a policy imports", () => {
    const files = { "hooks/help.ts": 'import { get } from "https";\nexport const help = get;' };
    const own = `import { help } from "./help.ts";\n${policyWith("", "    help('https://a.test');")}`;
    expect(findings(ownPolicy(own, files))).toEqual(["policy-undeclared-host hooks/help.ts:1:21-28"]);
  });

  it.each([
    ["a name of its own", "    const fetch = fetchJson; event.fetch();"],
    ["a text that names it", "    console.log('fetch', typeof fetch);"],
    ["a type of it", "    const get: typeof fetch | undefined = undefined; return get as never;"],
  ])("is not reached by %s", (_, body) => {
    expect(inPolicy("", body)).toEqual([]);
  });

  it("may be reached by a package that is declared", () => {
    const files = {
      "node_modules/undici/package.json": '{ "name": "undici", "version": "7.0.0" }',
      "node_modules/undici/index.js": "",
    };
    expect(inPolicy('dependencies: { undici: "7.0.0" },', "    await import('undici');", files)).toEqual([]);
    expect(inPolicy("", "    await import('undici');", files)).toEqual([
      "policy-undeclared-host hooks/own.ts:6:11-27",
    ]);
  });
});

describe("hosts of a policy", () => {
  it.each([
    ["a URL", '    await fetchJson("https://a.test/x", { timeLimit: 1 });', "21-39"],
    [
      "a URL with a computed end",
      "    await fetchJson(`https://a.test/${event.user.email}`, { timeLimit: 1 });",
      "21-57",
    ],
    [
      "a URL that is put together",
      "    await fetchJson('https://a.test/' + event.user.email, { timeLimit: 1 });",
      "21-57",
    ],
    ["a URL with another port", '    await fetchJson("https://b.test:8443/", { timeLimit: 1 });', "21-43"],
  ])("are all that it calls: it names none for %s", (_, body, columns) => {
    expect(inPolicy('hosts: ["b.test"],', body)).toEqual([
      `policy-undeclared-host hooks/own.ts:6:${columns}`,
    ]);
  });

  it.each([
    [
      "a host that is named",
      'hosts: ["a.test"],',
      '    await fetchJson("https://a.test/x", { timeLimit: 1 });',
    ],
    [
      "a host with a port",
      'hosts: ["a.test:8443"],',
      '    await fetchJson("https://a.test:8443/x", { timeLimit: 1 });',
    ],
    ["a host that is computed", "", "    await fetchJson(`https://${event.user.email}/`, { timeLimit: 1 });"],
    [
      "a host that is computed in part",
      "",
      "    await fetchJson(`https://a.test${event.user.email}/`, { timeLimit: 1 });",
    ],
  ])("may be called: %s", (_, parts, body) => {
    expect(inPolicy(parts, body)).toEqual([]);
  });

  it("may be named by a setting, unless every stage gives another", () => {
    const own = `import { policy, url } from "#policy";
export default policy({
  name: "own", on: ["login"], settings: { api: url() },
  async run({ fetchJson }) { await fetchJson("https://a.test/more", { timeLimit: 1 }); },
});`;
    const flows = (given: string) => `import { flows, stage } from "#policy";
import own from "./own.ts";
export default flows({ login: [own({ api: ${given} })] });`;
    const found = (given: string) => findings({ "hooks/own.ts": own, "hooks/flows.ts": flows(given) });
    expect(found('"https://a.test/users"')).toEqual([]);
    expect(found('"https://b.test/users"')).toEqual(["policy-undeclared-host hooks/own.ts:4:46-67"]);
    expect(found('stage("domain")')).toEqual(["policy-undeclared-host hooks/own.ts:4:46-67"]);
  });

  it.each(["https://a.test", "a.test/users", "*.a.test", "A.test", "a.test:443", "a test", ""])(
    "are names and nothing else: %j is none",
    (host) => {
      expect(inPolicy(`hosts: ["${host}"],`, "")).toEqual([
        expect.stringMatching(host ? /^policy-bad-setting hooks\/own.ts:4:11-/ : /^policy-load-failed/),
      ]);
    },
  );
});
