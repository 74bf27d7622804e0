import type { StageValueName, Template } from "./names.ts";
import type { Located, Span } from "./source.ts";

export type StageValueType = "string" | "integer" | "boolean";

/** What a stack file or a default may hold for a stage value. */
export type PlainValue = string | number | boolean;

/** A value that differs between stacks, as declared in `config:` of Pulumi.yaml. */
export interface StageValueDeclaration {
  readonly name: StageValueName;
  readonly type: StageValueType;
  /** Secret values never enter the access model, a template or a plan; only `declare` meets them. */
  readonly secret: boolean;
  /** What stacks have that give no value of their own. */
  readonly default: Located<PlainValue> | undefined;
  readonly description: string | undefined;
  readonly at: Span;
}

/** The plain stage values of one stack, by name; secret ones are not among them. */
export type StageValues = ReadonlyMap<StageValueName, string>;

const reference = /\$\{([^}]*)\}/g;

/** The names in a template, in the order they stand, with the offset of `${` in it. */
export function stageValuesIn(
  template: string,
): readonly { readonly name: string; readonly offset: number; readonly length: number }[] {
  return [...template.matchAll(reference)].map((match) => ({
    name: match[1] ?? "",
    offset: match.index,
    length: match[0].length,
  }));
}

/** The template with each stage value put in. A name that has no value throws: checks come before. */
export function fillTemplate(template: Template, values: StageValues): string {
  return template.replace(reference, (_, name: StageValueName) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`stage value "${name}" has no value`);
    return value;
  });
}

/** Keys of `config:` that choose how Rolebook works in a stack. They are declared like stage values, but are none. */
export const stackSettings = ["extensibility", "protect", "promotesFrom"] as const;
