import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { toolchainPath } from "../../toolchain/inputs.ts";
import { dependenciesOf, requiredPlugins } from "../../toolchain/language-host/packages.ts";
import { type Deployment, runProgram } from "../../toolchain/language-host/program.ts";
import { sandbox, uncancelled } from "./support/sandbox.ts";

describe("the packages of a program", () => {
  it("are its direct dependencies as installed, found in the directories above, too", () => {
    const box = sandbox();
    box.file("package.json", '{"dependencies":{"b":"^1.0.0","a":"*","missing":"*"}}');
    box.file("node_modules/a/package.json", '{"version":"2.0.0"}');
    box.file("node_modules/b/package.json", '{"version":"1.5.0"}');
    box.file("program/package.json", '{"dependencies":{"a":"*"}}');
    expect(dependenciesOf(box.root)).toEqual([
      { name: "a", version: "2.0.0" },
      { name: "b", version: "1.5.0" },
    ]);
    expect(dependenciesOf(`${box.root}/program`)).toEqual([{ name: "a", version: "2.0.0" }]);
  });

  it("need the plugins that their manifests name", () => {
    const box = sandbox();
    box.file("package.json", '{"dependencies":{"@pulumi/auth0":"*","@acme/sdk":"*","yaml":"*"}}');
    const auth0 = { version: "3.49.0", pulumi: { resource: true } };
    box.file("node_modules/@pulumi/auth0/package.json", JSON.stringify(auth0));
    const acme = {
      version: "1.0.0",
      pulumi: { resource: true, name: "acme", version: "1.2.0", server: "https://acme.test" },
    };
    box.file("node_modules/@acme/sdk/package.json", JSON.stringify(acme));
    box.file("node_modules/yaml/package.json", '{"version":"2.0.0"}');
    expect(requiredPlugins(box.root)).toEqual([
      { name: "acme", version: "v1.2.0", server: "https://acme.test" },
      { name: "auth0", version: "v3.49.0", server: "" },
    ]);
  });

  it("are none without a package.json", () => {
    expect(requiredPlugins(sandbox().root)).toEqual([]);
  });
});

describe("a program without its SDK", () => {
  it("is told to install its packages", async () => {
    const { root } = sandbox();
    const deployment = { programDirectory: root } satisfies Partial<Deployment>;
    expect(await runProgram(deployment as unknown as Deployment, uncancelled)).toEqual({
      error: `@pulumi/pulumi is not installed in ${root}; run "npm ci" there`,
      bail: false,
    });
  });
});

describe("the language host", () => {
  type Host = ChildProcessByStdio<Writable, Readable, null>;

  async function startHost(): Promise<Host> {
    const host = spawn(process.execPath, [toolchainPath("language-host", "main.ts"), "127.0.0.1:1"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    onTestFinished(() => void host.kill("SIGKILL"));
    const [line] = await once(host.stdout, "data");
    expect(String(line)).toMatch(/^\d+\n$/);
    return host;
  }

  it.each<[string, (host: Host) => void]>([
    ["is interrupted", (host) => host.kill("SIGINT")],
    ["is told to end", (host) => host.kill("SIGTERM")],
    ["loses the engine that holds its standard input", (host) => host.stdin.end()],
  ])("ends when it %s", async (_, end) => {
    const host = await startHost();
    end(host);
    expect(await once(host, "exit")).toEqual([0, null]);
  });
});
