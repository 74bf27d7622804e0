/** One answered request. Never has a header, a body or a query in it, and so no secret. */
export interface Call {
  /** ISO 8601, when the request came in. */
  readonly at: string;
  /** Name of the operation, such as `createRole`; `unknown` for an endpoint that the tenant does not have. */
  readonly operation: string;
  readonly method: string;
  /** Percent-encoded as it came, without the query. */
  readonly path: string;
  /** 0 for a request that was held and never carried out. */
  readonly status: number;
  readonly milliseconds: number;
  /** Whose token it was; absent without a valid one. */
  readonly clientId?: string;
  /** The scopes of the token that the operation accepts, in the operation's order. */
  readonly scopesUsed: readonly string[];
  /** What a fault script did to it; absent if nothing. */
  readonly fault?: string;
}

/** How often an endpoint was asked for that the tenant does not have. */
export interface UnknownEndpoint {
  readonly method: string;
  readonly path: string;
  readonly count: number;
}

/** The latest calls, oldest first. */
export interface CallLog {
  record(call: Call): void;
  all(): readonly Call[];
  /** The endpoints that the tenant does not have, in the order in which they were first asked for. */
  unknownEndpoints(): readonly UnknownEndpoint[];
  clear(): void;
}

/** Beyond these many, further unknown endpoints are counted together: their paths are anybody's to make up. */
const UNKNOWN_ENDPOINTS = 1000;
const FURTHER = { method: "*", path: "*" };

/** A log that keeps the latest `limit` calls, in memory, and tells each to `onCall`. */
export function createCallLog(limit = 20_000, onCall?: (call: Call) => void): CallLog {
  let calls: Call[] = [];
  let unknown = new Map<string, UnknownEndpoint>();

  const countUnknown = ({ method, path }: Call) => {
    const isKnown = unknown.has(`${method} ${path}`);
    const endpoint = isKnown || unknown.size < UNKNOWN_ENDPOINTS ? { method, path } : FURTHER;
    const name = `${endpoint.method} ${endpoint.path}`;
    unknown.set(name, { ...endpoint, count: (unknown.get(name)?.count ?? 0) + 1 });
  };

  return {
    record: (call) => {
      calls.push(call);
      if (call.operation === "unknown") countUnknown(call);
      onCall?.(call);
      // Cut in large steps: removing the first element at each call would copy the whole log.
      if (calls.length >= 2 * limit) calls = calls.slice(-limit);
    },
    all: () => calls.slice(-limit),
    unknownEndpoints: () => [...unknown.values()],
    clear: () => {
      calls = [];
      unknown = new Map();
    },
  };
}
