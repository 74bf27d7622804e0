const units = [
  ["days", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

/** Seconds in the largest unit that divides them and is not one of a few days: `24 h`, `30 min`, `90 s`. */
export function durationText(seconds: number): string {
  const [name, size] = units.find(([, each]) => seconds % each === 0 && seconds > each) ?? ["s", 1];
  return `${seconds / size} ${name}`;
}
