// What one policy hands to policies after it, within one flow of one user.
import type { Tool } from "./run.ts";

declare const handed: unique symbol;

/** A kind of data, such as the seller a user belongs to. */
export interface DataType<Value = unknown> {
  /** Unique in a flow. */
  readonly name: string;
  readonly [handed]?: () => Value;
}

/** Data of that name: to be listed under `provides` and `needs`. */
export function data<Value>(name: string): DataType<Value> {
  return { name };
}

/** What has been handed on so far, as one policy may use it; anything not in its lists throws. */
export interface HandedData<Provides extends DataType, Taken extends DataType> {
  /** Hands a value on, in place of what was there. */
  set<Type extends Provides>(type: Type, value: Type extends DataType<infer Value> ? Value : never): void;
  /** What a policy before has handed on; undefined if it is switched off, has failed or had nothing. */
  get<Type extends Taken>(type: Type): Type extends DataType<infer Value> ? Value | undefined : never;
}

/** Gives policies `data`. */
export const dataTool: Tool = ({ policy: { provides = [], needs = [], wants = [] } }, effects) => {
  const checked = (types: readonly DataType[], { name }: DataType, list: string) => {
    if (!types.some((each) => each.name === name)) throw new Error(`"${name}" is not in its "${list}"`);
    return name;
  };
  return {
    data: {
      set: (type: DataType, value: unknown) => {
        effects.data[checked(provides, type, "provides")] = value;
      },
      get: (type: DataType) => effects.data[checked([...needs, ...wants], type, "needs")],
    },
  };
};
