import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A Management API endpoint as `METHOD /path`, with `:` for each parameter whatever its name. */
export const endpointOf = (method: string, path: string): string =>
  `${method} ${path.replaceAll(/\{[^}]*\}|:\w+/g, ":")}`;

/** Every endpoint that the official `auth0` SDK calls, in no order: each of its methods names its own for error messages. */
export function sdkEndpoints(): ReadonlySet<string> {
  const resources = join(dirname(fileURLToPath(import.meta.resolve("auth0"))), "management/api/resources");
  const calls = globSync("**/client/Client.mjs", { cwd: resources }).flatMap((file) => [
    ...readFileSync(join(resources, file), "utf8").matchAll(
      /handleNonStatusCodeError\(_response\.error, _response\.rawResponse, "([A-Z]+)", "([^"]+)"\)/g,
    ),
  ]);
  return new Set(calls.map(([, method = "", path = ""]) => endpointOf(method, path)));
}
