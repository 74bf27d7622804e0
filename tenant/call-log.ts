/** One answered request. Never has a header, a body or a query in it, and so no secret. */
export interface Call {
  /** ISO 8601, when the request came in. */
  readonly at: string;
  /** Name of the operation, such as `createRole`; `unknown` for an endpoint that the tenant does not have. */
  readonly operation: string;
  readonly method: string;
  /** Percent-encoded as it came, without the query. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Whose token it was; absent without a valid one. */
  readonly clientId?: string;
  /** The scopes of the token that the operation accepts, in the operation's order. */
  readonly scopesUsed: readonly string[];
}

/** The latest calls, oldest first. */
export interface CallLog {
  record(call: Call): void;
  all(): readonly Call[];
  clear(): void;
}

/** A log that keeps the latest `limit` calls, in memory, and tells each to `onCall`. */
export function createCallLog(limit = 20_000, onCall?: (call: Call) => void): CallLog {
  let calls: Call[] = [];
  return {
    record: (call) => {
      calls.push(call);
      onCall?.(call);
      // Cut in large steps: removing the first element at each call would copy the whole log.
      if (calls.length >= 2 * limit) calls = calls.slice(-limit);
    },
    all: () => calls.slice(-limit),
    clear: () => {
      calls = [];
    },
  };
}
