/** What JSON leaves as it is, although it controls a terminal or turns the direction of writing round. */
const unescaped = /[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The value as indented JSON with a line feed at its end, safe to show in a terminal; reading it gives the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replaceAll(unescaped, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
