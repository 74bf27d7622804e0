import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ensureToolchain } from "../../toolchain/ensure.ts";
import { findToolchain, type Toolchain, type ToolchainFailure } from "../../toolchain/index.ts";
import { readInputs } from "../../toolchain/inputs.ts";
import type { InstallVendor } from "../../toolchain/vendor.ts";
import { type Sandbox, sandbox, uncancelled } from "./support/sandbox.ts";

const inputs = readInputs();

const unreachable: InstallVendor = async () => ({ exitCode: 1, stdout: "", stderr: "fetch failed\n" });

const ensure = ({ env }: Sandbox, download = unreachable) =>
  ensureToolchain({ env, report: () => {}, signal: uncancelled }, download);

function expectToolchain(result: Toolchain | ToolchainFailure): Toolchain {
  if (result.source === "none") throw new Error(`${result.reason}: ${result.message}`);
  return result;
}

function expectFailure(result: Toolchain | ToolchainFailure): ToolchainFailure {
  expect(result.source).toBe("none");
  return result as ToolchainFailure;
}

/** A `pulumi` that knows its version and can or cannot fetch plugins, with its language host. */
function installPulumi(box: Sandbox, version = "3.999.0", fetch = "exit 1"): string {
  box.command("pulumi-language-nodejs", "");
  return box.command(
    "pulumi",
    `echo "$1" >> ${box.root}/pulumi.log\nif [ "$1" = version ]; then echo v${version}; else ${fetch}; fi`,
  );
}

const installPlugin = (box: Sandbox) =>
  box.file(`home/.pulumi/plugins/resource-auth0-v${inputs.plugin}/plugin`);

describe("the choice of a toolchain", () => {
  it("is an installed Pulumi that is new enough and has the Auth0 plugin", async () => {
    const box = sandbox();
    const pulumi = installPulumi(box);
    installPlugin(box);
    const toolchain = expectToolchain(await ensure(box));
    expect(toolchain).toMatchObject({ source: "path", pulumi, version: "3.999.0", plugin: "vendor" });
    expect(toolchain.pathEntries).toEqual([join(box.root, "bin")]);
  });

  it("asks an installed Pulumi for its version only once", async () => {
    const box = sandbox();
    installPulumi(box);
    installPlugin(box);
    await ensure(box);
    await ensure(box);
    expect(box.read("pulumi.log")).toBe("version\n");
  });

  it("lets an installed Pulumi fetch the Auth0 plugin", async () => {
    const box = sandbox();
    const plugins = join(box.root, "home/.pulumi/plugins");
    installPulumi(box, "3.999.0", `/bin/mkdir -p ${plugins}/resource-auth0-v${inputs.plugin}`);
    expect(expectToolchain(await ensure(box)).plugin).toBe("vendor");
  });

  it("adds our plugin to an installed Pulumi that cannot fetch one", async () => {
    const box = sandbox();
    installPulumi(box, "3.999.0", "echo no route to host >&2; exit 1");
    box.go();
    const toolchain = expectToolchain(await ensure(box));
    expect(toolchain).toMatchObject({ source: "path", plugin: "built" });
    expect(toolchain.pathEntries).toEqual([join(box.root, "bin"), join(box.cache, inputs.provider.part)]);
    expect(toolchain.why).toContain("the Auth0 plugin cannot be downloaded: no route to host");
  });

  it.each([
    ["is older than the SDK", "3.257.9", true, /older than 3\.258\.0/],
    ["has no language host beside it", "3.999.0", false, /pulumi-language-nodejs is not beside it/],
  ])("passes over an installed Pulumi that %s", async (_, version, host, why) => {
    const box = sandbox();
    box.command("pulumi", `echo v${version}`);
    if (host) box.command("pulumi-language-nodejs", "");
    box.go();
    const toolchain = expectToolchain(await ensure(box));
    expect(toolchain.source).toBe("built");
    expect(toolchain.why[0]).toMatch(why);
  });

  it("passes over an installed Pulumi that cannot be started", async () => {
    const box = sandbox();
    box.file("bin/pulumi", "#!/nowhere\n");
    box.go();
    const toolchain = expectToolchain(await ensure(box));
    expect(toolchain.source).toBe("built");
    expect(toolchain.why[0]).toBe(`${join(box.root, "bin/pulumi")} does not say its version`);
  });

  it("is Pulumi's download where none is installed, and stays it", async () => {
    const box = sandbox();
    installPlugin(box);
    const download: InstallVendor = async (directory) => {
      box.file(join(directory.slice(box.root.length), "bin/pulumi"));
      return { exitCode: 0, stdout: "", stderr: "" };
    };
    const pulumi = join(box.cache, inputs.vendor, "bin/pulumi");
    expect(await ensure(box, download)).toMatchObject({ source: "vendor", pulumi, plugin: "vendor" });
    expect(await ensure(box, unreachable)).toMatchObject({ source: "vendor", pulumi });
  });

  it("is a build where nothing can be downloaded, with the language host beside the engine", async () => {
    const box = sandbox();
    box.go();
    const toolchain = expectToolchain(await ensure(box));
    expect(toolchain).toMatchObject({ source: "built", version: inputs.pulumi, plugin: "built" });
    expect(toolchain.why).toContain("Pulumi's installer failed: fetch failed");
    const commandLine = join(box.cache, inputs.commandLine);
    expect(readdirSync(commandLine).sort()).toEqual(["package.json", "pulumi", "pulumi-language-nodejs"]);
    expect(toolchain.pathEntries).toEqual([commandLine, join(box.cache, inputs.provider.part)]);
  });

  it("keeps a built engine when only the language host is new", async () => {
    const box = sandbox();
    box.go();
    await ensure(box);
    rmSync(join(box.cache, inputs.commandLine), { recursive: true });
    const log = box.read("go.log");
    const toolchain = expectToolchain(await ensure(box, () => expect.unreachable("a download was tried")));
    expect(toolchain.source).toBe("built");
    expect(box.read("go.log")).toBe(log);
  });

  it("builds once", async () => {
    const box = sandbox();
    box.go();
    const first = expectToolchain(await ensure(box));
    const log = box.read("go.log");
    expect(await ensure(box)).toMatchObject({ source: "built", pulumi: first.pulumi });
    expect(box.read("go.log")).toBe(log);
  });
});

describe("looking for a toolchain", () => {
  it("finds what an earlier run got and says why", async () => {
    const box = sandbox();
    box.go();
    await ensure(box);
    const found = expectToolchain(await findToolchain({ env: box.env }));
    expect(found.source).toBe("built");
    expect(found.why[0]).toBe("no pulumi on PATH");
  });

  it("gets nothing", async () => {
    const box = sandbox();
    box.go();
    expect(await findToolchain({ env: box.env })).toMatchObject({ source: "none", reason: "missing" });
    expect(existsSync(join(box.root, "go.log"))).toBe(false);
  });
});

describe("a toolchain that cannot be had", () => {
  it("names the ways out where there is neither a download nor Go", async () => {
    const failure = expectFailure(await ensure(sandbox()));
    expect(failure.reason).toBe("no-way");
    expect(failure.message).toBe(
      `there is no way to get Pulumi ${inputs.pulumi}: no pulumi on PATH; ` +
        "Pulumi's installer failed: fetch failed; no go on PATH",
    );
    expect(failure.help).toContain(`install Pulumi ${inputs.pulumi} or newer`);
    expect(failure.help).toContain(`Go ${inputs.go} or newer`);
  });

  it("repeats Go's own words where Go is too old", async () => {
    const box = sandbox();
    box.command(
      "go",
      "echo 'go: downloading a v1' >&2; echo 'go: go.mod requires go >= 1.25.11' >&2; exit 1",
    );
    const failure = expectFailure(await ensure(box));
    expect(failure.reason).toBe("build-failed");
    expect(failure.message).toMatch(/cannot build Pulumi .*: go: go\.mod requires go >= 1\.25\.11$/);
    expect(readdirSync(box.cache)).toEqual([]);
  });

  it("names a cache directory that cannot be written", async () => {
    const box = sandbox();
    box.go();
    const file = box.file("a-file");
    const failure = expectFailure(await ensure({ ...box, env: { ...box.env, XDG_CACHE_HOME: file } }));
    expect(failure.reason).toBe("cache-unwritable");
    expect(failure.message).toContain(join(file, "rolebook"));
    expect(failure.help).toContain("XDG_CACHE_HOME");
  });

  it("is no matter where Pulumi is installed: the cache is not needed then", async () => {
    const box = sandbox();
    installPulumi(box);
    installPlugin(box);
    const env = { ...box.env, XDG_CACHE_HOME: box.file("a-file") };
    expect(await ensure({ ...box, env })).toMatchObject({ source: "path", plugin: "vendor" });
  });
});
