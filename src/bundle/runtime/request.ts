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
  const { status } = response;
  if (response.ok) return { answer: text ? JSON.parse(text) : undefined, wait };
  const error = new RequestError(name, status, detailOf(text));
  if (status !== 429) return { error, again: repeatable && status >= 500, wait };
  const reset = Number(response.headers.get("x-ratelimit-reset"));
  return { error, again: true, wait: reset ? Math.max(0, reset * 1000 - Date.now()) : wait };
}

/** What Auth0 says: `errorCode` and `message` of the Management API, `error` and `error_description` of /oauth/token. */
function detailOf(text: string): string {
  try {
    const { errorCode, error, message, error_description } = JSON.parse(text);
    return [errorCode ?? error, message ?? error_description].filter(Boolean).join(": ");
  } catch {
    return "with an answer that is not JSON";
  }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string }; message?: string }; // what fetch rejects with
  return cause?.code ?? message ?? "";
}
