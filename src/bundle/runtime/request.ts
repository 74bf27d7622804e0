// One request to the tenant, repeated where that is safe and there is time. Runs inside Auth0.

export interface TenantRequest {
  /** What errors call it. */
  readonly name: string;
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether it may be sent again after an outcome that is not clear. */
  readonly repeatable: boolean;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
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
 * waiting would outlast the deadline.
 */
export async function send(request: TenantRequest): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const { answer, error, wait, again } = await sendOnce(request, attempt);
    if (!error) return answer;
    if (!again || attempt === attempts || Date.now() + wait >= request.deadline) throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

interface Outcome {
  readonly answer?: unknown;
  readonly error?: RequestError;
  readonly again?: boolean;
  /** Milliseconds. */
  readonly wait: number;
}

async function sendOnce(request: TenantRequest, attempt: number): Promise<Outcome> {
  const { name, url, method, headers, body, repeatable } = request;
  const wait = 200 * 2 ** attempt;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    const detail = `no answer from the tenant (${causeOf(error)})`;
    return { error: new RequestError(name, 0, detail), again: repeatable, wait };
  }
  const { status, ok } = response;
  const answer = text === "" ? undefined : jsonOf(text);
  if (ok && answer !== notJson) return { answer, wait };
  const error = new RequestError(name, status, detailOf(answer));
  if (status !== 429) return { error, again: repeatable && status >= 500, wait };
  const reset = Number(response.headers.get("x-ratelimit-reset")) * 1000;
  return { error, again: true, wait: Math.max(wait, reset - Date.now()) };
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
