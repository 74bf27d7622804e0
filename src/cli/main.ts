// The command line: which commands there are, and what becomes of what they return or throw.
import { Failure } from "./failure.ts";
import { suggest } from "./options.ts";

/** Takes the arguments after its name and gives the exit status: 0 all well, 1 something to look at, 2 could not run. */
type Command = (args: readonly string[]) => Promise<number>;

// One row for each command, loaded when it is asked for: `check` must not wait for what `tenant` needs.
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  check: {
    summary:
      "show everything that is wrong in rbac/, hooks/ and the stack files (--format text|json|sarif|github, --strict)",
    load: async () => (await import("./commands/check.ts")).check,
  },
  generate: {
    summary: "write the generated files anew",
    load: async () => {
      const { generate } = await import("./commands/generate.ts");
      return () => generate(process.cwd());
    },
  },
  matrix: {
    summary: "show which roles and groups have which scopes (--api KEY, --format text|markdown|svg|json)",
    load: async () => (await import("./commands/matrix.ts")).matrix,
  },
  "who-can": {
    summary: "show who has a permission, and why: who-can refund:orders (--format text|json)",
    load: async () => (await import("./commands/who-can.ts")).whoCan,
  },
  "what-can": {
    summary: "show what a role, group or client has, and why: what-can customer (--format text|json)",
    load: async () => (await import("./commands/what-can.ts")).whatCan,
  },
  review: {
    summary:
      "show what a change does to access: review --base origin/main (--head REV|index|worktree, --format text|markdown|json|sarif|github, --fail-on widening|high|unapproved)",
    load: async () => (await import("./commands/review.ts")).review,
  },
  compare: {
    summary:
      "show what differs between two stages, or a commit and a stage: compare staging prod (--format text|markdown|json)",
    load: async () => (await import("./commands/compare.ts")).compare,
  },
  "deployer-scopes": {
    summary:
      "show what the deploying client must be granted of the Management API (--stack NAME, --read-only, --deletions, --format text|json)",
    load: async () => (await import("./commands/deployer-scopes.ts")).deployerScopes,
  },
  tour: {
    summary: "show the whole way, from YAML to a token, on a tenant that ends with it (--lane NAME)",
    load: async () => (await import("./commands/tour.ts")).tour,
  },
  tenant: {
    summary:
      "keep the local tenant up until Ctrl+C (--port N, --state DIR|none, --plan NAME, --seed S, --network HOST|all, --signing-key FILE, --management-token T, --control-token T)",
    load: async () => (await import("./commands/tenant.ts")).tenant,
  },
  login: {
    summary: "log somebody in at the local tenant and show the tokens (EMAIL, --connection, --client, --api)",
    load: async () => (await import("./commands/login.ts")).login,
  },
  simulate: {
    summary:
      "show what each policy does at a login, and who makes which claim (--user EMAIL, --client, --connection, --flow login|registration|exchange, --roles, --groups, --organization, --audience, --stack, --lane, --network, --format text|json)",
    load: async () => (await import("./commands/simulate.ts")).simulate,
  },
  "explain-token": {
    summary:
      "say who makes each claim of a token, and why others are missing: explain-token - < token.txt (--stack, --format text|json)",
    load: async () => (await import("./commands/explain-token.ts")).explainToken,
  },
  bundle: {
    summary:
      "write the code that Auth0 is given into out/, to look at, and say what takes the room (--out DIR)",
    load: async () => (await import("./commands/bundle.ts")).bundle,
  },
  pulumi: {
    summary: "run the engine on the dev stack with these arguments",
    load: async () => (await import("./commands/pulumi.ts")).pulumi,
  },
  reset: {
    summary: "forget the dev stack's state and its tenant's",
    load: async () => (await import("./commands/reset.ts")).reset,
  },
  toolchain: {
    summary: "show which engine and provider are used, and why",
    load: async () => (await import("./commands/toolchain.ts")).toolchain,
  },
};

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const width = Math.max(...Object.keys(commands).map((each) => each.length));
    const rows = Object.entries(commands).map(([each, { summary }]) => `  ${each.padEnd(width)}  ${summary}`);
    process.stdout.write(`usage: rolebook <command>\n\n${rows.join("\n")}\n`);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Failure(`no command "${name}" is known`, suggest(name, Object.keys(commands)));
  if (args.includes("--help") && name !== "pulumi") {
    process.stdout.write(`rolebook ${name}: ${command.summary}\n`);
    return 0;
  }
  return await (await command.load())(args);
}

/** Where everything that is thrown ends: two lines for people, without a stack. */
function explain(error: unknown): string {
  if (error instanceof Failure) return error.help ? `${error.message}\nhelp: ${error.help}` : error.message;
  const message = error instanceof Error ? error.message : String(error);
  const isUsage =
    error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (isUsage) return message.split(". ")[0] ?? message;
  const isSystem = error instanceof Error && "syscall" in error;
  if (isSystem) return message;
  if (process.env.ROLEBOOK_DEBUG && error instanceof Error) return error.stack ?? message;
  return `internal error: ${message}\nhelp: this is a mistake in Rolebook; set ROLEBOOK_DEBUG=1 for its place, and report it`;
}

// Whoever reads only the first lines of a report closes the pipe: no reason to complain.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`rolebook: ${explain(error)}\n`);
  process.exitCode = 2;
}
