import type { Require } from "./policy-require.ts";
import type { Realm } from "./realm.ts";

/** What `module.exports` is after the code has run as a CommonJS module; `preamble` stands in front, in the same scope. */
export function evaluateModule(
  realm: Realm,
  require: Require,
  { name, code, preamble = "" }: { name: string; code: string; preamble?: string },
): unknown {
  const head = `(function (exports, require, module, __filename, __dirname) {${preamble}\n`;
  const wrapper = realm.evaluate(`${head}${code}\n})`, name, 1 - head.split("\n").length) as (
    ...values: unknown[]
  ) => void;
  const module = realm.parse('{"exports":{}}') as { exports: unknown };
  wrapper.call(module.exports, module.exports, require, module, `/${name}`, "/");
  return module.exports;
}
