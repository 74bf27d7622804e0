/**
 * The known name that `name` was most likely meant to be: the one with the fewest edits (insert, delete, replace), the
 * first of several. Undefined if even that one differs in more than a third of a part. Parts are what stands between
 * colons: `refund:orders` is no slip of the pen for `read:orders`, however much of the text they share.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = slips(name.split(":"), candidate.split(":"));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** The edits between two names, infinite if they are too many in any part. */
function slips(parts: readonly string[], others: readonly string[]): number {
  if (parts.length !== others.length) return Number.POSITIVE_INFINITY;
  const distances = parts.map((part, index) => {
    const distance = editDistance(part, others[index] ?? "");
    return distance > Math.max(1, Math.floor(part.length / 3)) ? Number.POSITIVE_INFINITY : distance;
  });
  return distances.reduce((sum, distance) => sum + distance, 0);
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
