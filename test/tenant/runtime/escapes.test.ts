import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createRuntime } from "../../../tenant/runtime/index.ts";

const runtime = createRuntime();
const impatient = createRuntime({ deadline: 500 });
const folder = mkdtempSync(path.join(tmpdir(), "escapes-"));
const secret = path.join(folder, "secret.txt");
writeFileSync(secret, "CONTENT");
process.env.ESCAPE_SECRET = "ENVIRONMENT";
afterAll(() => {
  runtime.close();
  impatient.close();
  rmSync(folder, { recursive: true });
  delete process.env.ESCAPE_SECRET;
});

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
    { user: { user_id: "auth0|1" } },
  );

/** What the body reports; of one that fails, the kind of its failure. */
const report = async (body: string, by = runtime) => {
  const { result } = await run(body, by);
  if (!result.ok) return result.failure.kind;
  const [effect] = result.value;
  return effect?.type === "user.setAppMetadata" ? effect.value : undefined;
};

/** Each tries to get at this process's environment or disk; its value would be what it got. */
const reaches: readonly (readonly [string, string])[] = [
  [
    "the global object's constructor",
    "globalThis.constructor.constructor('return process')().env.ESCAPE_SECRET",
  ],
  ["the event's constructor", "event.constructor.constructor('return process')().env.ESCAPE_SECRET"],
  ["the api's constructor", "api.constructor.constructor('return process')().env.ESCAPE_SECRET"],
  ["a method of api", "api.user.setAppMetadata.constructor('return process')().env.ESCAPE_SECRET"],
  ["fetch's constructor", "fetch.constructor('return process')().env.ESCAPE_SECRET"],
  [
    "an async function's constructor",
    "(await (async () => {}).constructor('return process')()).env.ESCAPE_SECRET",
  ],
  [
    "the constructor of fetch's promise",
    "fetch('data:,').constructor.constructor('return process')().env.ESCAPE_SECRET",
  ],
  [
    "a generator's constructor",
    "(function* () {}).constructor('return process')().next().value.env.ESCAPE_SECRET",
  ],
  ["require's constructor", "require.constructor('return process')().env.ESCAPE_SECRET"],
  ["a function of a module", "require('util').inspect.constructor('return process')().env.ESCAPE_SECRET"],
  ["console's constructor", "console.log.constructor('return process')().env.ESCAPE_SECRET"],
  [
    "a timer's constructor",
    "setTimeout(() => {}, 0).constructor.constructor('return process')().env.ESCAPE_SECRET",
  ],
  [
    "a timer's neighbours",
    "setTimeout(() => {}, 0)._idleNext.constructor.constructor('return process')().env.ESCAPE_SECRET",
  ],
  ["process.nextTick", "process.nextTick.constructor('return process')().env.ESCAPE_SECRET"],
  [
    "an error of Node",
    "(() => { try { new URL('x'); } catch (e) { return e.constructor.constructor('return process')().env.ESCAPE_SECRET; } })()",
  ],
  [
    "a stack's frames",
    "(() => { Error.prepareStackTrace = (_, sites) => sites.map((s) => s.getThis() || s.getFunction()).filter(Boolean).map((f) => f.process && f.process.env.ESCAPE_SECRET).find(Boolean); return new Error().stack; })()",
  ],
  ["the caller of a function", "(function f() { return f.caller.arguments[0].env.ESCAPE_SECRET; })()"],
  ["indirect eval", "(0, eval)('process').env.ESCAPE_SECRET"],
  ["new Function", "new Function('return process.env.ESCAPE_SECRET')()"],
  ["process.env", "process.env.ESCAPE_SECRET"],
  ["the module process", "require('process').env.ESCAPE_SECRET"],
  ["process.mainModule", "process.mainModule.require('fs').readFileSync(SECRET, 'utf8')"],
  ["process.binding", "process.binding('fs').readFileUtf8(SECRET, 0)"],
  ["process.getBuiltinModule", "process.getBuiltinModule('fs').readFileSync(SECRET, 'utf8')"],
  ["process.dlopen", "process.dlopen({ exports: {} }, SECRET)"],
  ["require('fs')", "require('fs').readFileSync(SECRET, 'utf8')"],
  ["require('node:fs')", "require('node:fs').readFileSync(SECRET, 'utf8')"],
  ["require('fs/promises')", "await require('fs/promises').readFile(SECRET, 'utf8')"],
  ["require of a path", "require(SECRET)"],
  ["require.cache", "Object.values(require.cache)[0].require('fs').readFileSync(SECRET, 'utf8')"],
  ["require.main", "require.main.require('fs').readFileSync(SECRET, 'utf8')"],
  ["module.constructor", "module.constructor._load('fs').readFileSync(SECRET, 'utf8')"],
  ["module.parent", "module.parent.require('fs').readFileSync(SECRET, 'utf8')"],
  ["a dynamic import", "(await import('node:fs')).readFileSync(SECRET, 'utf8')"],
  ["import through eval", "(await eval(\"import('node:fs')\")).readFileSync(SECRET, 'utf8')"],
  ["require('child_process')", "require('child_process').execSync('cat ' + SECRET).toString()"],
  ["require('worker_threads')", "new (require('worker_threads').Worker)(SECRET) && 'worker'"],
  ["require('cluster')", "require('cluster').fork() && 'forked'"],
  ["require('inspector')", "require('inspector').open() || 'inspector'"],
  ["require('module')", "require('module').createRequire('/')('fs').readFileSync(SECRET, 'utf8')"],
  ["require('vm')", "require('vm').runInThisContext('process').env.ESCAPE_SECRET"],
  ["require('v8')", "require('v8').writeHeapSnapshot(SECRET + '.heap')"],
  ["require('repl')", "require('repl').start() && 'repl'"],
  ["require('wasi')", "new (require('wasi').WASI)({ version: 'preview1' }) && 'wasi'"],
  ["require('dgram')", "require('dgram').createSocket('udp4') && 'udp'"],
  ["require('sqlite')", "new (require('node:sqlite').DatabaseSync)(SECRET) && 'sqlite'"],
  ["the prototype's name in require", "require('__proto__') || require('constructor')"],
  ["fetch of a file", "await (await fetch('file://' + SECRET)).text()"],
  ["fetch of a blob", "await (await fetch(await require('fs').openAsBlob(SECRET))).text()"],
  ["async hooks", "require('async_hooks').createHook({ init() {} }).enable() && 'hook'"],
  ["the user of the machine", "require('os').userInfo().homedir"],
  ["tracing channels", "require('diagnostics_channel').channel('x').subscribe(() => {}) || 'subscribed'"],
  ["process.kill", "process.kill(process.ppid || 1, 0) && 'killed'"],
  ["process.send", "process.send({ type: 'done', run: 1, valueJson: '[]' }) && 'sent'"],
  ["process.report", "process.report.getReport().environmentVariables.ESCAPE_SECRET"],
  ["process.permission", "process.permission.has('fs.read', SECRET)"],
  ["process.chdir", "process.chdir('/tmp') || 'changed'"],
  ["a name server", "require('dns').setServers(['127.0.0.1']) || 'set'"],
  ["trust for all executions", "require('tls').setDefaultCACertificates([]) || 'set'"],
  [
    "a listening socket",
    "await new Promise((r) => require('net').createServer().listen(0, () => r('listening')))",
  ],
  [
    "a socket of the file system",
    "await new Promise((r, no) => require('net').connect('/var/run/docker.sock', () => r('connected')).on('error', no))",
  ],
  ["memory of other buffers", "Buffer.from('x').buffer.byteLength > 1 || undefined"],
];

/** Each tries to leave something behind for the next execution, by an object that both are given. */
const leavings: readonly (readonly [string, string, string])[] = [
  ["a module's function", "require('util').format = () => 'EVIL'", "require('util').format('x') === 'EVIL'"],
  ["a module's new export", "require('util').evil = 'EVIL'", "require('util').evil"],
  [
    "a class's prototype",
    "require('events').prototype.on = () => 'EVIL'",
    "new (require('events'))().on('x', () => {}) === 'EVIL'",
  ],
  ["a class's static", "require('events').EventEmitter.evil = 'EVIL'", "require('events').EventEmitter.evil"],
  [
    "a stream's prototype",
    "require('stream').Readable.prototype.read = () => 'EVIL'",
    "String(require('stream').Readable.prototype.read).includes('EVIL')",
  ],
  [
    "an agent's prototype",
    "require('http').Agent.prototype.addRequest = () => 'EVIL'",
    "String(require('http').Agent.prototype.addRequest).includes('EVIL')",
  ],
  ["the global agent", "require('http').globalAgent.evil = 'EVIL'", "require('http').globalAgent.evil"],
  [
    "the global agent of https",
    "require('https').globalAgent.evil = 'EVIL'",
    "require('https').globalAgent.evil",
  ],
  [
    "the process's Object.prototype",
    "Object.getPrototypeOf(Object.getPrototypeOf(fetch)).evil = 'EVIL'",
    "[({}).evil, Object.getPrototypeOf(Object.getPrototypeOf(fetch)).evil].find(Boolean)",
  ],
  [
    "the process's Function.prototype",
    "Object.getPrototypeOf(fetch).call = () => 'EVIL'",
    "fetch.call === undefined || String(fetch.call).includes('EVIL')",
  ],
  [
    "the process's Promise",
    "Object.getPrototypeOf(fetch('data:,')).then = () => 'EVIL'",
    "String(fetch('data:,').then).includes('EVIL')",
  ],
  ["its own Object.prototype", "Object.prototype.evil = 'EVIL'", "({}).evil"],
  ["its own Array.prototype", "Array.prototype.map = () => 'EVIL'", "[1].map((x) => x) === 'EVIL'"],
  ["the global object", "globalThis.evil = 'EVIL'", "globalThis.evil"],
  ["a replaced fetch", "globalThis.fetch = () => 'EVIL'", "String(fetch).includes('EVIL')"],
  ["fetch's own property", "fetch.evil = 'EVIL'", "fetch.evil"],
  ["URL", "URL.prototype.toString = () => 'EVIL'", "new URL('http://x').toString() === 'EVIL'"],
  ["Headers", "Headers.prototype.get = () => 'EVIL'", "new Headers().get('x')"],
  ["Request", "Request.prototype.evil = 'EVIL'", "Request.prototype.evil"],
  ["Response", "Response.json = () => 'EVIL'", "Response.json({}) === 'EVIL'"],
  ["Buffer", "Buffer.from = () => 'EVIL'", "Buffer.from('x') === 'EVIL'"],
  [
    "a buffer's prototype",
    "Buffer.prototype.toString = () => 'EVIL'",
    "Buffer.from('x').toString() === 'EVIL'",
  ],
  ["the process's Uint8Array", "Uint8Array.prototype.evil = 'EVIL'", "Uint8Array.prototype.evil"],
  [
    "TextDecoder",
    "TextDecoder.prototype.decode = () => 'EVIL'",
    "new TextDecoder().decode(new Uint8Array(0)) === 'EVIL'",
  ],
  ["AbortSignal", "AbortSignal.timeout = () => 'EVIL'", "AbortSignal.timeout(1) === 'EVIL'"],
  ["crypto", "crypto.randomUUID = () => 'EVIL'", "crypto.randomUUID() === 'EVIL'"],
  [
    "the module crypto",
    "require('crypto').createHmac = () => 'EVIL'",
    "require('crypto').createHmac('sha256', 'k') === 'EVIL'",
  ],
  ["console", "console.log = 'EVIL'", "console.log === 'EVIL'"],
  ["console's prototype", "Object.getPrototypeOf(console).evil = 'EVIL'", "console.evil"],
  ["process", "process.evil = 'EVIL'", "process.evil"],
  ["the versions of process", "process.versions.node = 'EVIL'", "process.versions.node === 'EVIL'"],
  [
    "a timer's prototype",
    "Object.getPrototypeOf(setTimeout(() => {}, 0)).unref = () => 'EVIL'",
    "setTimeout(() => {}, 0).unref() === 'EVIL'",
  ],
  [
    "the events' capture",
    "require('events').captureRejections = true",
    "require('events').captureRejections",
  ],
  [
    "the global symbol registry's holder",
    "globalThis[Symbol.for('undici.globalDispatcher.1')] = 'EVIL'",
    "globalThis[Symbol.for('undici.globalDispatcher.1')]",
  ],
  [
    "a high water mark",
    "require('stream').setDefaultHighWaterMark(false, 1)",
    "require('stream').getDefaultHighWaterMark(false) === 1",
  ],
  [
    "util.inspect's defaults",
    "require('util').inspect.defaultOptions.depth = 99",
    "require('util').inspect.defaultOptions.depth === 99",
  ],
];

/** Each tries to outlast or exhaust its process; the kinds of ending that are right. */
const exhaustions: readonly (readonly [string, string, readonly string[]])[] = [
  ["a loop", "for (;;);", ["deadline"]],
  ["a loop in a getter of its result", "report({ get x() { for (;;); } });", ["deadline"]],
  ["a loop in toJSON", "report({ toJSON() { for (;;); } });", ["deadline"]],
  ["a flood of microtasks", "const f = () => Promise.resolve().then(f); await f();", ["deadline", "crash"]],
  [
    "a flood of nextTicks",
    "const f = () => process.nextTick(f); f(); await new Promise(() => {});",
    ["deadline", "error"],
  ],
  [
    "a flood of immediates",
    "const f = () => setImmediate(f); f(); await new Promise(() => {});",
    ["deadline"],
  ],
  ["a flood of timers", "for (;;) setTimeout(() => {}, 1e6);", ["error"]],
  ["a flood of promises", "const all = []; for (;;) all.push(new Promise(() => {}));", ["crash", "deadline"]],
  ["Atomics.wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);", ["deadline", "error"]],
  ["a slow regular expression", "/^(a+)+$/.test('a'.repeat(40) + 'b');", ["deadline"]],
  ["a deep recursion", "const f = () => f(); f();", ["error"]],
  ["a huge string", "'x'.repeat(2 ** 30);", ["error"]],
  [
    "memory of WebAssembly",
    "const m = []; for (;;) m.push(new WebAssembly.Memory({ initial: 16384 }));",
    ["error", "crash"],
  ],
  ["a huge result", "report('x'.repeat(5e6));", ["error"]],
  ["a cyclic result", "const a = {}; a.a = a; report(a);", ["error"]],
  ["a bigint as result", "report(1n);", ["error"]],
  ["a throwing toJSON", "report({ toJSON() { throw new Error('no'); } });", ["error"]],
  ["a proxy as error", "throw new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } });", ["error"]],
  ["a thrown symbol", "throw Symbol('x');", ["error"]],
  ["a thrown null", "throw null;", ["error"]],
  ["a rejection nobody handles", "Promise.reject(new Error('no')); await new Promise(() => {});", ["error"]],
  ["process.exit", "process.exit(0);", ["crash"]],
  ["process.abort", "process.abort();", ["error"]],
  ["a forged message", "process.send({ type: 'ready', run: 0 });", ["error"]],
  ["a handler that is no function", "module.exports.onExecutePostLogin = 1; throw 1;", ["error"]],
];

describe(`a policy that tries to escape (${reaches.length + leavings.length + exhaustions.length} techniques)`, () => {
  it.each(reaches)(
    "gets nothing of the process, the environment or the disk by %s",
    async (_way, expression) => {
      const body = `const SECRET = ${JSON.stringify(secret)}; let got; try { got = ${expression}; } catch (error) { got = undefined; } report(got === undefined ? 'nothing' : ['got', String(got)]);`;
      expect(await report(body)).toBe("nothing");
    },
  );

  it.each(leavings)("leaves nothing for the next execution in %s", async (_way, change, look) => {
    // Both in the same process: one execution at a time reuses the one that is idle.
    await run(`try { ${change}; } catch {}`);
    expect(await report(`report(Boolean(${look}));`)).toBe(false);
  });

  it.each(exhaustions)("ends, and the next execution runs, after %s", async (_way, body, kinds) => {
    expect(kinds).toContain(await report(body, impatient));
    expect(await report("report('alive');", impatient)).toBe("alive");
  });
});
