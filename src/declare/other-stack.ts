// What another stack has said of itself, for which the program waits: it must neither go on nor end before it is known.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Client } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import type { OtherStack } from "./stack.ts";

/** Outputs of a stack, asked of the engine whose monitor listens at that address. */
export interface Question {
  readonly monitor: string;
  readonly stack: string;
  readonly outputs: readonly string[];
}

/** The values, undefined where there is none, or the engine's words. */
export type Reply = { readonly outputs: Readonly<Record<string, unknown>> } | { readonly refusal: string };

/** Outputs of the other stack. The engine is asked, as a StackReference asks it: it knows the backend. */
export function readOtherStack({ fullName: stack }: OtherStack, outputs: readonly string[]): Reply {
  // as: of the client's class the SDK tells only the methods of the engine's service
  const client = pulumi.runtime.getMonitor() as unknown as Client;
  const question: Question = { monitor: client.getChannel().getTarget(), stack, outputs };
  const { error, stdout, stderr } = spawnSync(process.execPath, [child], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (stdout === "") throw new Error(`the engine could not be asked for the stack "${stack}": ${stderr}`);
  return JSON.parse(stdout) as Reply; // from the process below
}

const child = fileURLToPath(new URL("other-stack-process.ts", import.meta.url));
