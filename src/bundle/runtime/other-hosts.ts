// Calls of company APIs. Runs inside Auth0.
import { type FetchJson, fetchJsonTool } from "../../policy/fetch-json.ts";
import type { Around, MakeTool } from "./execute.ts";

/** Bytes of an answer; more would fill the container's memory. */
const maxSize = 100_000;

/** Other hosts than the tenant, one request at a time, never repeated and never redirected. */
export const otherHosts: MakeTool = ({ timeLeft }) => fetchJsonTool(fetchJsonWithin(timeLeft));

/** Calls any host over HTTP, each time with an answer before its limit and the time that is left are over. */
export function fetchJsonWithin(timeLeft: Around["timeLeft"]): FetchJson {
  return async (url, { method = "GET", headers, body, timeLimit }) => {
    const { host } = new URL(url);
    const fail = (why: string) => new Error(`${host}: ${why}`);
    const signal = AbortSignal.timeout(Math.min(timeLimit, timeLeft()));
    let text: string | undefined;
    let status: number;
    try {
      const response = await fetch(url, {
        method,
        headers: { accept: "application/json", "content-type": "application/json", ...headers },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: "manual",
        signal,
      });
      status = response.status;
      text = await textOf(response);
    } catch (error) {
      const { cause, name } = error as { cause?: { code?: string }; name?: string }; // what fetch rejects with
      throw fail(name === "TimeoutError" ? "no answer in time" : `no answer (${cause?.code ?? name})`);
    }
    if (status < 200 || status > 299) throw fail(`answered ${status}`);
    if (text === undefined) throw fail(`answered more than ${maxSize / 1000} kB`);
    try {
      return JSON.parse(text);
    } catch {
      throw fail("answered something that is not JSON");
    }
  };
}

/** The body; undefined if it is too large, of which no more is read. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maxSize) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
