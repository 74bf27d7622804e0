import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readInputs, toolchainPath } from "../../toolchain/inputs.ts";

describe("the inputs of the toolchain", () => {
  it("have one version of Pulumi in package.json and in the engine's Go module", () => {
    const module = readFileSync(toolchainPath("engine", "go.mod"), "utf8");
    const { pulumi } = readInputs();
    expect(module).toContain(`github.com/pulumi/pulumi/pkg/v3 v${pulumi}`);
    expect(module).toContain(`github.com/pulumi/pulumi/sdk/v3 v${pulumi}`);
  });

  it("name each part in the cache by version, platform and a key", () => {
    const { engine, provider, commandLine, pulumi } = readInputs();
    const platform = `${process.platform}-${process.arch}`;
    expect(engine.part).toMatch(new RegExp(`^engine-${pulumi}-${platform}-[0-9a-f]{12}$`));
    expect(provider.part).toMatch(new RegExp(`^provider-1\\.44\\.0-${platform}-[0-9a-f]{12}$`));
    expect(commandLine).toMatch(new RegExp(`^command-line-${pulumi}-${platform}-[0-9a-f]{12}$`));
  });
});
