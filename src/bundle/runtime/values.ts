/** Reads a value that travels apart from the code. Throws where the tenant has none of that key. */
export type ReadValue = (key: string) => string;

/** A reader of what Auth0 hands to the code: hook secrets, rule configuration or action secrets. */
export function readerOf(values: Readonly<Record<string, string | undefined>> | undefined): ReadValue {
  return (key) => {
    const value = values?.[key];
    if (value === undefined) throw new Error(`the tenant has no value "${key}"`);
    return value;
  };
}
