/** How the numbers of a page came about. */
interface Circumstances {
  readonly seed: number;
  readonly runs: number;
  readonly cores: number;
  readonly node: string;
}

/** The text of docs/benchmarks.md. */
export function pageOf(tables: string, { seed, runs, cores, node }: Circumstances): string {
  return `# Benchmarks

Made by \`npm run bench -- check --seed ${seed} --runs ${runs} --write\`; run it to see the numbers again on your machine.

\`rolebook check\` runs as a whole process, from the start of Node to its exit, on estates that the seed determines. Each process
ran once to fill caches and then ${runs} times. Times are wall-clock, but for the processor's, which is the median and leaves out
processes that are started in turn; memory is the most that any run held at one moment. Machine: ${cores} cores, Node ${node}.
Absolute numbers are that machine's, with whatever else kept it busy; the ratios carry over, since both sides of each are the
fastest runs of the same session: of a check, of an empty Node process, of the \`yaml\` library alone on the same files.

What has to hold: the reference estate within 0.5 s, the large one within 1.5 s, memory within 300 MiB, and time growing no
faster than the estate.

${tables}`;
}
