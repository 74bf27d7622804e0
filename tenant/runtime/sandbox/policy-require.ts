import type { Equipped } from "../protocol.ts";
import { evaluateModule } from "./common-js.ts";
import { closedModule } from "./modules.ts";
import type { Realm } from "./realm.ts";

/** The code of packages by key, as the process was given it. */
export type PackageCode = Map<string, string>;

/** The function that policies call to load a module. */
export type Require = (name: unknown) => unknown;

/**
 * The `require` of one policy: Node's own modules from a list and the policy's packages; anything else is
 * `MODULE_NOT_FOUND`, worded as Auth0's. `fallbacks` are modules that count where no package of that name is there.
 */
export function createRequire(
  realm: Realm,
  code: PackageCode,
  packages?: Equipped<object>["packages"],
  fallbacks: Readonly<Record<string, () => unknown>> = {},
): Require {
  let loaders: Loaders | undefined;
  return (wanted) => {
    const name = String(wanted);
    const builtin = realm.builtin(name);
    if (builtin !== undefined) return builtin;
    const reason = packages?.missing[name];
    if (reason !== undefined) throw notFound(name, `: ${reason}`);
    if (packages !== undefined) loaders ??= loadersOf(realm, packages.key, code.get(packages.key) ?? "");
    if (loaders && Object.hasOwn(loaders, name)) return loaders[name]?.();
    if (Object.hasOwn(fallbacks, name)) return fallbacks[name]?.();
    throw notFound(name, "");
  };
}

function loadersOf(realm: Realm, key: string, code: string): Loaders {
  const require: Require = (wanted) => {
    const found = realm.builtin(String(wanted)) ?? closedModule(String(wanted));
    if (found === undefined) throw notFound(String(wanted), "");
    return found;
  };
  // The text was made by the tenant, which exports loaders.
  return evaluateModule(realm, require, { name: `packages:${key}`, code }) as Loaders;
}

type Loaders = Readonly<Record<string, () => unknown>>;

function notFound(name: string, reason: string): Error {
  return Object.assign(new Error(`Cannot find module '${name}'${reason}`), { code: "MODULE_NOT_FOUND" });
}
