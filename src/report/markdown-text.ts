// Text of others in Markdown: it shows as what it is, and does nothing.
import { printable } from "./display.ts";

/**
 * The text in the type of code, in one line, also in a table: nothing in it is a mark, a link, a mention or the end of the
 * code. Where a code span would end early or lose a blank, it is HTML.
 */
export function codeText(text: string): string {
  const shown = printable(text.replaceAll(/\s+/g, " "));
  if (/^[^\s`|\\]([^`|\\]*[^\s`|\\])?$/.test(shown)) return `\`${shown}\``;
  return `<code>${escapedText(shown)}</code>`;
}

/** Text that means what it says inside of HTML and in a table. */
function escapedText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()|&#~!@:+^$="'-]/g, (character) => `&#${character.charCodeAt(0)};`);
}
