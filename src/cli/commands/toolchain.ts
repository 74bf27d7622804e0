import { findToolchain } from "../../../toolchain/index.ts";

/** Shows which engine and provider are used and why; gets nothing. */
export async function toolchain(): Promise<number> {
  const found = await findToolchain({ env: process.env });
  const lines =
    found.source === "none"
      ? [found.message, `help: ${found.help}`]
      : [
          `engine      Pulumi ${found.version} (${found.source}), ${found.pulumi}`,
          `provider    auth0 (${found.plugin})`,
          `cache       ${found.cacheDirectory}`,
        ];
  const why = found.why.map((reason) => `because     ${reason}`);
  process.stdout.write(`${[...lines, ...why].join("\n")}\n`);
  return found.source === "none" ? 1 : 0;
}
