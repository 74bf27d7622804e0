import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of Rolebook that runs. */
export function ownVersion(): string {
  const text = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  const manifest: { version: string } = JSON.parse(text);
  return manifest.version;
}
