// A process of its own that `readOtherStack` waits for: a question on the standard input, the answer on the standard output.
import { text } from "node:stream/consumers";
import * as pulumi from "@pulumi/pulumi";
import type { Question, Reply } from "./other-stack.ts";

const { monitor, stack, outputs } = JSON.parse(await text(process.stdin)) as Question; // from `readOtherStack`

async function reply(): Promise<Reply> {
  try {
    // What a StackReference is read with. @see pulumi pkg/resource/deploy/builtins.go
    const read = await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name: stack });
    // The others may be secret.
    return { outputs: Object.fromEntries(outputs.map((name) => [name, read.outputs[name]])) };
  } catch (error) {
    const { message } = error as Error; // what the SDK throws, with its own words before the engine's
    return { refusal: message.replace(/^.*returned an error: /s, "") };
  }
}

pulumi.runtime.resetOptions("", "", 0, "", monitor, true, "");
process.stdout.write(JSON.stringify(await reply()));
await pulumi.runtime.disconnect();
