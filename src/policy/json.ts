/**
 * The same as JSON has it, and nothing in it can be changed; undefined for what JSON has no word for, such as undefined and
 * functions. Throws for bigints and cycles.
 */
export function frozenJson<Value>(value: Value): Value | undefined {
  const text = JSON.stringify(value) as string | undefined; // which TypeScript does not say
  return text === undefined ? undefined : JSON.parse(text, (_, each) => Object.freeze(each));
}
