const units = [
  ["days", 86_400, 2 * 86_400],
  ["h", 3600, 3600],
  ["min", 60, 60],
] as const;

/** Seconds in the largest unit that divides them, days from two on: `24 h`, `2 days`, `30 min`, `90 s`. */
export function durationText(seconds: number): string {
  const [name, size] = units.find(([, each, least]) => seconds % each === 0 && seconds >= least) ?? ["s", 1];
  return `${seconds / size} ${name}`;
}
