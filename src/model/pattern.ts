/** True if the text is a pattern: `*` stands for any run of characters, nothing else is special. */
export function isPattern(text: string): boolean {
  return text.includes("*");
}

/**
 * True if the whole name fits the pattern. Takes the earliest place for each part between stars, so that the time grows
 * with the lengths only, however many stars there are.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
