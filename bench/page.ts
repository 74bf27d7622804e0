/** How the numbers of a section came about. */
interface Circumstances {
  readonly seed: number;
  readonly runs: number;
  readonly cores: number;
  readonly node: string;
}

/** The text of docs/benchmarks.md with this section in the place of the one with its heading, or at the end. */
export function withSection(page: string, section: string): string {
  const [head = "", ...sections] = page.split(/^(?=## )/m);
  const heading = (text: string) => text.split("\n", 1)[0];
  const index = sections.findIndex((each) => heading(each) === heading(section));
  const rest = index < 0 ? [...sections, section] : sections.with(index, section);
  return [head, ...rest]
    .map((each) => each.trim())
    .join("\n\n")
    .concat("\n");
}

/** The part of a section about auth0-deploy-cli's dry run. */
export function dryRunPart(table: string): string {
  return `### Beside auth0-deploy-cli

\`a0deploy import --dry-run\` on the small and the reference estate: one run each, as a whole process, against a local tenant on
the same machine to which \`rolebook pulumi up\` has applied the estate, with what the tool itself exported from there (APIs,
roles, clients, grants, rules). It finds nothing to change.

The two answer different questions. The check reads the declarations, resolves patterns, groups and inclusions, holds them
against guardrails and limits, compiles the policies, and asks no tenant. The dry run reads what a tenant has and says in what
it differs from the files; it knows the shape of each resource, not what access they come to. Whatever the size of the estate,
some ten seconds of the processor go to the compilation of its schemas (JSON Schema, by Ajv), a good part of them before its
first call, and it makes at most some eight calls a second. What Rolebook has to compare with the dry run is
\`rolebook pulumi preview\`.

${table}`;
}

/** The section about `rolebook check`. */
export function checkSection(tables: string, { seed, runs, cores, node }: Circumstances): string {
  return `## rolebook check

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

/** The section about the local tenant. */
export function tenantSection(
  tables: string,
  {
    runs,
    cores,
    node,
    users,
    isPinned,
    busy,
  }: Omit<Circumstances, "seed"> & {
    readonly users: number;
    readonly isPinned: boolean;
    /** Processes that wanted a core at the end, on average over a minute. */
    readonly busy: number;
  },
): string {
  const pinned = isPinned
    ? "The tenant and the processes of its policies have one core to themselves but for what else the machine does, the load has the other (`taskset`)."
    : "The tenant and the load share all cores: they could not be bound to one each.";
  return `## The local tenant

Made by \`npm run bench -- tenant --runs ${runs} --users ${users} --write\`.

\`rolebook tenant\` runs as a process with its state on the disk and answers autocannon over ten TLS connections that are kept
alive, for three seconds of each kind. ${pinned}
Starts are the median of ${runs}, from the start of the process to its first answer. Machine: ${cores} cores, Node ${node}; ${busy.toFixed(1)}
processes wanted one at the end. Where that is far more than the two of the benchmark, answers a second are those of a
machine that does something else, and the processor's time is what to look at: of the tenant's process for each answer, how
many of these fill a second of one core, and how many times as dear they are as a constant answer of \`node:https\`.

Look-ups are the median of nine, each just after one of the users was changed: what was found before is kept until then, and
the next page of the same search takes a millisecond or less.

A write is on its way to the disk when it is answered (write-ahead log, not forced): it survives a kill of the process at any
moment, but not for certain a loss of power.

${tables}`;
}
