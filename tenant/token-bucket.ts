import type { Limit } from "./plans.ts";

/** What is left in a bucket. */
export interface Level {
  /** Whole requests that can be made at once. */
  readonly remaining: number;
  /** When the bucket is full again, in milliseconds since the epoch. */
  readonly fullAt: number;
  /** When there is a request to be made, in milliseconds since the epoch: now, unless nothing remains. */
  readonly nextAt: number;
}

/** A bucket of requests that refills with time. */
export interface TokenBucket {
  level(now: number): Level;
  /** Takes one request out; the caller has seen that there is one. */
  take(): void;
}

const LENGTH = { second: 1000, minute: 60_000 } as const;

/** A full bucket. Limits per second refill by the millisecond, those per minute by the second, as Auth0's policy says. */
export function createTokenBucket({ burst, sustained, per }: Limit, createdAt: number): TokenBucket {
  const step = per === "second" ? 1 : 1000;
  const perMillisecond = sustained / LENGTH[per];
  let tokens: number = burst;
  let filledAt = createdAt;

  const refill = (now: number) => {
    if (now < filledAt) filledAt = now; // somebody put the clock back
    const elapsed = Math.floor((now - filledAt) / step) * step;
    tokens = Math.min(burst, tokens + elapsed * perMillisecond);
    filledAt = tokens === burst ? now : filledAt + elapsed;
  };
  const timeOf = (wanted: number) =>
    filledAt + Math.ceil(Math.max(0, wanted - tokens) / perMillisecond / step) * step;

  return {
    level: (now) => {
      refill(now);
      return { remaining: Math.floor(tokens), fullAt: timeOf(burst), nextAt: Math.max(now, timeOf(1)) };
    },
    take: () => {
      tokens -= 1;
    },
  };
}
