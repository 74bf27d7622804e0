import type { CacheEntry } from "../protocol.ts";
import type { Part } from "./action-api.ts";

const QUARTER_OF_AN_HOUR = 15 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** Per trigger; bytes. @see Auth0 docs, customize/actions/limitations */
const limits = { entries: 20, key: 64, value: 4096, all: 8192 };

/** `api.cache`; a `set` beyond the limits is answered with `type: "error"` and changes nothing. */
export const cachePart: Part = ({ record, cache, now }) => ({
  cache: {
    get(key: string): CacheEntry | undefined {
      const entry = cache.get(key);
      return entry !== undefined && entry.expires_at > now ? { ...entry } : undefined;
    },
    set(key: string, value: string, options: { ttl?: number; expires_at?: number } = {}) {
      const wanted = options.expires_at ?? now + (options.ttl ?? QUARTER_OF_AN_HOUR);
      const entry = { value: String(value), expires_at: Math.min(wanted, now + DAY) };
      const code = excess(cache, now, String(key), entry);
      if (code !== undefined) return { type: "error", code };
      cache.set(key, entry);
      record({ type: "cache.set", name: key, entry });
      return { type: "success", record: { ...entry } };
    },
    delete(key: string) {
      cache.delete(key);
      record({ type: "cache.delete", name: key });
      return { type: "success" };
    },
  },
});

function excess(
  cache: ReadonlyMap<string, CacheEntry>,
  now: number,
  key: string,
  { value, expires_at }: CacheEntry,
): string | undefined {
  if (Buffer.byteLength(key) > limits.key) return "CacheKeySizeExceeded";
  if (Buffer.byteLength(value) > limits.value) return "CacheValueSizeExceeded";
  if (expires_at <= now) return "ItemAlreadyExpired";
  const others = [...cache].filter(([name, entry]) => name !== key && entry.expires_at > now);
  const bytes = others.reduce((sum, [name, entry]) => sum + Buffer.byteLength(name + entry.value), 0);
  return others.length >= limits.entries || bytes + Buffer.byteLength(key + value) > limits.all
    ? "CacheSizeExceeded"
    : undefined;
}
