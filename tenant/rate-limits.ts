import { createHash } from "node:crypto";
import { decodeJwt } from "jose/jwt/decode";
import type { Clock } from "./clock.ts";
import type { Limit, Plan } from "./plans.ts";
import { isManagement } from "./refusal.ts";
import { createTokenBucket, type Level, type TokenBucket } from "./token-bucket.ts";

/** What the limits say of one request. */
export interface Verdict {
  readonly allowed: boolean;
  /** `x-ratelimit-…`, and `retry-after` for a request that is not allowed. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The buckets of a tenant. */
export interface RateLimits {
  /** Counts a request, unless one of its buckets is empty. */
  count(request: Request, path: string): Promise<Verdict>;
  /** Fills all buckets. */
  reset(): void;
}

/** A bucket per user or address is forgotten when it is full and there are more than these. */
const KEPT_BUCKETS = 10_000;

/** The limits of `plan` by the tenant's clock: first the API's own, then that of the endpoint. */
export function createRateLimits(plan: Plan, clock: Clock): RateLimits {
  const buckets = new Map<string, { readonly limit: Limit; readonly bucket: TokenBucket }>();

  const find = (limit: Limit, name: string) => {
    const known = buckets.get(name);
    if (known) return known;
    if (buckets.size > KEPT_BUCKETS)
      for (const [each, { limit, bucket }] of buckets)
        if (bucket.level(clock.now()).remaining === limit.burst) buckets.delete(each);
    const made = { limit, bucket: createTokenBucket(limit, clock.now()) };
    buckets.set(name, made);
    return made;
  };

  return {
    async count(request, path) {
      const api = isManagement(path) ? "management" : "authentication";
      const { global, endpoints } = plan[api];
      const endpoint = endpoints.find((each) => each.endpoints.test(`${request.method} ${path}`));
      const subject = endpoint?.each && (await subjectOf(request, endpoint.each));
      const now = clock.now();
      const counted = [
        ...(global ? [find(global, api)] : []),
        ...(endpoint ? [find(endpoint, `${api} ${endpoint.endpoints.source} ${subject ?? ""}`)] : []),
      ];
      const levels = () => counted.map(({ limit, bucket }) => ({ limit, level: bucket.level(now) }));
      const empty = levels().find(({ level }) => level.remaining < 1);
      if (empty) {
        const seconds = Math.max(1, Math.ceil((empty.level.nextAt - now) / 1000));
        return {
          allowed: false,
          headers: { ...headersOf(empty.limit, empty.level), "retry-after": String(seconds) },
        };
      }
      for (const { bucket } of counted) bucket.take();
      // The one that is nearest to its end, since that is what a client has to mind.
      const [tightest] = levels().sort((a, b) => a.level.remaining - b.level.remaining);
      return { allowed: true, headers: tightest ? headersOf(tightest.limit, tightest.level) : {} };
    },
    reset: () => buckets.clear(),
  };
}

const headersOf = ({ burst }: Limit, { remaining, fullAt }: Level) => ({
  "x-ratelimit-limit": String(burst),
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(Math.ceil(fullAt / 1000)),
});

/** Whom a request concerns, not to be read back; undefined if it does not say. */
async function subjectOf(request: Request, kind: "user" | "email"): Promise<string | undefined> {
  const subject = kind === "user" ? userOf(request.headers.get("authorization")) : await emailIn(request);
  return subject && createHash("sha256").update(subject).digest("base64");
}

/** The user that a bearer token names, valid or not; a token that cannot be read stands for its user. */
function userOf(header: string | null): string | undefined {
  const token = header?.split(" ")[1];
  try {
    return token && (decodeJwt(token).sub ?? token);
  } catch {
    return token;
  }
}

async function emailIn(request: Request): Promise<string | undefined> {
  const text = await request.clone().text();
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body && "email" in body ? String(body.email) : undefined;
  } catch {
    return new URLSearchParams(text).get("email") ?? undefined;
  }
}
