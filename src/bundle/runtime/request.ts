// One request to the tenant, repeated where that is safe and there is time. Runs inside Auth0.

export interface TenantRequest {
  /** What errors call it. */
  readonly name: string;
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whether it may be sent again after an outcome that is not clear. */
  readonly repeatable: boolean;
}

/** An answer that is no success, or none at all (status 0). The message names request, status and what Auth0 says. */
export class RequestError extends Error {
  readonly status: number;
  constructor(name: string, status: number, detail: string) {
    super(`${name}: ${status ? `${status} ` : ""}${detail}`);
    this.status = status;
  }
}

const attempts = 4;

/**
 * The answer's JSON, undefined if it is empty. A 429 was not carried out and is sent again when Auth0 says so; a 5xx or a
 * broken connection only if the request is repeatable. Rejects with `RequestError` after four attempts, or as soon as
 * waiting would outlast the time that is left.
 */
export type Send = (request: TenantRequest) => Promise<unknown>;

/** Sends the requests of one execution. Once Auth0 says that none is left, the next one waits for the reset. */
export function sender(timeLeft: () => number): Send {
  let notBefore = 0;
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const pause = notBefore - Date.now();
      if (pause < timeLeft()) await sleep(pause); // else Auth0 refuses it at once, which is a better answer than silence
      const { answer, error, wait, again, reset } = await sendOnce(request, attempt, timeLeft());
      notBefore = reset;
      if (!error) return answer;
      if (!again || attempt === attempts || wait >= timeLeft()) throw error;
      await sleep(wait);
    }
  };
}

async function sleep(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

interface Outcome {
  readonly answer?: unknown;
  readonly error?: RequestError;
  readonly again?: boolean;
  /** Milliseconds. */
  readonly wait: number;
  /** Milliseconds since the epoch: no request is left before it. 0 if there are some. */
  readonly reset: number;
}

async function sendOnce(request: TenantRequest, attempt: number, timeLeft: number): Promise<Outcome> {
  const { name, url, method, headers, body, repeatable } = request;
  const wait = 200 * 2 ** attempt;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeLeft),
    });
    text = await response.text();
  } catch (error) {
    const detail = `no answer from the tenant (${causeOf(error)})`;
    return { error: new RequestError(name, 0, detail), again: repeatable, wait, reset: 0 };
  }
  const { status, ok } = response;
  const limit = (part: string) => response.headers.get(`x-ratelimit-${part}`);
  const reset = limit("remaining") === "0" ? Number(limit("reset")) * 1000 : 0;
  const answer = text === "" ? undefined : jsonOf(text);
  if (ok && answer !== notJson) return { answer, wait, reset };
  const error = new RequestError(name, status, detailOf(answer));
  const isRefused = status === 429;
  return {
    error,
    again: isRefused || (repeatable && status >= 500),
    wait: isRefused ? Math.max(wait, Number(limit("reset")) * 1000 - Date.now() || 0) : wait,
    reset: 0,
  };
}

const notJson = Symbol("not JSON");

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

/** What Auth0 says: `errorCode` and `message` of the Management API, `error` and `error_description` of /oauth/token. */
function detailOf(answer: unknown): string {
  if (answer === notJson) return "with an answer that is not JSON";
  const { errorCode, error, message, error_description } = Object(answer) as Record<string, unknown>;
  return [errorCode ?? error, message ?? error_description].filter(Boolean).join(": ");
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string }; message?: string }; // what fetch rejects with
  return cause?.code ?? message ?? "";
}
