// Runs a Pulumi program: a Node.js process with the SDK's own start-up module from the program's node_modules.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What the engine says about the program to run and the deployment it is run for. */
export interface Deployment {
  /** Where the program is, and from where its SDK is resolved. */
  readonly programDirectory: string;
  /** Where Pulumi.yaml is. */
  readonly rootDirectory: string;
  /** Relative to the program's directory; "." leaves the choice to package.json. */
  readonly entryPoint: string;
  /** `runtime.options` of Pulumi.yaml. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly pwd: string;
  readonly args: readonly string[];
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly dryRun: boolean;
  readonly parallel: number;
  /** Addresses, host and port, of the engine's two services. */
  readonly monitor: string;
  readonly engine: string;
}

/** How a program ended: an empty `error` is success; `bail` means that the program has told its user what is wrong. */
export interface Outcome {
  readonly error: string;
  readonly bail: boolean;
}

// The SDK's start-up module ends with this status after it has logged the error (`cmd/run/index.js` of the SDK).
const loggedStatus = 32;

const running = new Set<ChildProcess>();

/** Kills the programs that still run. */
export function endPrograms(): void {
  for (const program of running) program.kill("SIGKILL");
}

/** How the program ended. Its output goes to this process's, which the engine shows. */
export function runProgram(deployment: Deployment, cancelled: AbortSignal): Promise<Outcome> {
  const startUp = resolveStartUp(deployment.programDirectory);
  if (startUp === undefined) {
    return Promise.resolve({
      error: `@pulumi/pulumi is not installed in ${deployment.programDirectory}; run "npm ci" there`,
      bail: false,
    });
  }
  const program = spawn("node", [...nodeArguments(deployment), startUp, ...startUpArguments(deployment)], {
    cwd: deployment.pwd,
    env: { ...process.env, ...variables(deployment) },
    stdio: ["ignore", "inherit", "inherit"],
    killSignal: "SIGKILL",
    signal: cancelled,
  });
  running.add(program);
  return new Promise((resolve) => {
    const ended = (error: string, bail = false) => {
      running.delete(program);
      resolve({ error, bail });
    };
    program.on("error", (error) => ended(`the program could not be run: ${error.message}`));
    program.on("exit", (code, signal) => {
      if (code === 0) ended("");
      else if (code === loggedStatus) ended("", true);
      else ended(`the program ended with ${signal ?? `exit status ${code}`}`);
    });
  });
}

function resolveStartUp(directory: string): string | undefined {
  try {
    return createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run/index.js");
  } catch {
    return undefined;
  }
}

function nodeArguments({ options }: Deployment): readonly string[] {
  const { nodeargs } = options;
  return typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter(Boolean) : [];
}

function startUpArguments(deployment: Deployment): readonly string[] {
  return [
    `--monitor=${deployment.monitor}`,
    `--engine=${deployment.engine}`,
    `--project=${deployment.project}`,
    `--stack=${deployment.stack}`,
    `--organization=${deployment.organization}`,
    `--root-directory=${deployment.rootDirectory}`,
    `--pwd=${deployment.pwd}`,
    `--parallel=${deployment.parallel}`,
    ...(deployment.dryRun ? ["--dry-run"] : []),
    deployment.entryPoint,
    ...deployment.args,
  ];
}

function variables({ config, secretKeys, options }: Deployment): Readonly<Record<string, string>> {
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    // As Pulumi's own host has it: compiled by the SDK unless the project says that Node.js reads it as it is.
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
  };
}
