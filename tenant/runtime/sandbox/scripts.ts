import vm from "node:vm";

/** Characters of code that stay compiled. */
const KEPT = 20_000_000;

const kept = new Map<string, { readonly code: string; readonly script: vm.Script }>();
let size = 0;

/** The compiled code; code that ran before is not compiled again. Throws a `SyntaxError`. */
export function compile(code: string, filename: string, lineOffset: number): vm.Script {
  const known = kept.get(filename);
  if (known?.code === code) return known.script;
  const script = new vm.Script(code, { filename, lineOffset });
  if (size + code.length > KEPT) {
    kept.clear();
    size = 0;
  }
  size += code.length - (known?.code.length ?? 0);
  kept.set(filename, { code, script });
  return script;
}
