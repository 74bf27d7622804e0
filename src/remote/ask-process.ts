// A process of its own that `askFrom` waits for: a question on the standard input, the answer on the standard output.
import { text } from "node:stream/consumers";
import type { Answer, Question } from "./ask.ts";

const { url, form, token, timeout } = JSON.parse(await text(process.stdin)) as Question & { timeout: number }; // from `askFrom`

async function answer(): Promise<Answer> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeout),
      redirect: "manual",
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    return { kind: "answered", status: response.status, body: await response.text() };
  } catch (error) {
    return { kind: "failed", code: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "TIMEOUT";
  const { cause } = error; // what fetch wraps
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause ? String(cause.code) : cause.message;
}

process.stdout.write(JSON.stringify(await answer()));
