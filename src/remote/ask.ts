// One request to a tenant, for which the program waits: it must neither go on nor end before the answer is there.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** A request; a form makes it a POST. */
export interface Question {
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  /** An access token. */
  readonly token?: string;
}

/** The tenant's answer, or why there is none: the code of Node's or OpenSSL's error, or `TIMEOUT`. */
export type Answer = Answered | { readonly kind: "failed"; readonly code: string };

export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly body: string;
}

/** Gives the answer to a request. What the outside world does is a value; it throws if it cannot ask at all. */
export type Ask = (question: Question) => Answer;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Seconds that a tenant has for an answer. */
export const patience = 10;

/**
 * Asks as the provider, a Go program, will: it trusts the machine's authorities and those in `SSL_CERT_FILE`, and goes
 * through the environment's proxies.
 */
export function askFrom(env: Environment): Ask {
  return (question) => {
    const { error, stdout } = spawnSync(process.execPath, ["--use-system-ca", child], {
      // Not as arguments, which everybody on the machine can read.
      input: JSON.stringify({ ...question, timeout: patience * 1000 }),
      encoding: "utf8",
      env: { ...env, NODE_EXTRA_CA_CERTS: env.SSL_CERT_FILE, NODE_USE_ENV_PROXY: "1" },
    });
    if (error) throw error;
    return answer.parse(JSON.parse(stdout));
  };
}

const child = fileURLToPath(new URL("ask-process.ts", import.meta.url));

const answer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("answered"), status: z.number(), body: z.string() }),
  z.object({ kind: z.literal("failed"), code: z.string() }),
]);
