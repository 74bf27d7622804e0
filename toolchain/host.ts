// The language host, bundled into one file that needs nothing of this clone.
import { chmodSync, copyFileSync, linkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("language-host/main.ts", import.meta.url));

/** Fills `directory` with the engine's command line and, where it looks first, the language host. */
export async function makeCommandLine(engine: string, directory: string): Promise<void> {
  const { build } = await import("esbuild");
  const host = join(directory, "pulumi-language-nodejs");
  await build({
    entryPoints: [program],
    outfile: host,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "silent",
  });
  chmodSync(host, 0o755);
  // Node.js takes a file without extension for what the next package.json above says.
  writeFileSync(join(directory, "package.json"), '{"type":"commonjs"}\n');
  // The same file under a second name: the engine asks for its path with all symbolic links resolved.
  linkOrCopy(engine, join(directory, "pulumi"));
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Not every file system has hard links.
    copyFileSync(from, to);
  }
}
