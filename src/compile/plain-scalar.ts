const likeNumber = /^\d[\d.+_xoa-fA-F-]*$/;
const wholeNumber = /^(?:0|[1-9]\d{0,9})$/;
const date = /^\d{4}-\d{2}-\d{2}$/;
const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const likeWord = /^(?:true|false|null)$/i;

/** What a text without quotes stands for; undefined where that takes knowing YAML's numbers and spellings. */
export function readPlainScalar(written: string): { readonly value: unknown } | undefined {
  if (isPlainText(written)) return { value: written };
  if (words.has(written)) return { value: words.get(written) };
  if (wholeNumber.test(written)) return { value: Number(written) };
  return undefined;
}

/** True if the text, without quotes, certainly is a text and neither a number nor true, false or null. */
export function isPlainText(written: string): boolean {
  return !likeWord.test(written) && (!likeNumber.test(written) || date.test(written));
}
