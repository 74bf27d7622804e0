import type { StackDeclaration } from "../model/declarations.ts";
import type { StageValueName } from "../model/names.ts";
import type { StageValueDeclaration, StageValues } from "../model/stage.ts";

/** The plain stage values of a stack: what its file gives, else the defaults. Secret ones are not among them. */
export function valuesOfStack(
  { values }: StackDeclaration,
  declared: readonly StageValueDeclaration[],
): StageValues {
  const plain = new Map<StageValueName, string>();
  for (const { name, default: given } of declared) if (given) plain.set(name, String(given.value));
  for (const { name, value } of values) {
    if (value === "secure") plain.delete(name);
    else plain.set(name, String(value.value));
  }
  return plain;
}
