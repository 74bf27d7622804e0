/**
 * A copy of the value as JSON has it; undefined for what JSON has no word for, such as undefined and functions. Throws for
 * bigints and cycles.
 */
export function asJson<Value>(value: Value): Value | undefined {
  const text = JSON.stringify(value) as string | undefined; // which TypeScript does not say
  return text === undefined ? undefined : JSON.parse(text);
}

/** A copy of the object in which nothing can be changed. It must be JSON. */
export function frozen<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, each) => Object.freeze(each));
}
