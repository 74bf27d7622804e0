/**
 * Whether a client's list of addresses has this one: literally, or by a `*` that stands for one label at the left end of
 * the host. Query and fragment are compared as well.
 * @see Auth0 docs, get-started/applications/wildcards-for-subdomains
 */
export function isAllowedUrl(allowed: readonly string[], given: string): boolean {
  if (!URL.canParse(given)) return false;
  return allowed.some((pattern) => pattern === given || matchesWildcard(pattern, given));
}

function matchesWildcard(pattern: string, given: string): boolean {
  const parts = /^(https?:\/\/[^/*]*)\*([^/*]*\.[^/*]+)((?:\/[^*]*)?)$/.exec(pattern);
  if (!parts) return false;
  const [, before = "", after = "", rest = ""] = parts.map(literal);
  return new RegExp(`^${before}[a-z0-9-]+${after}${rest}$`, "i").test(given);
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The address without query and fragment. */
export const bareUrl = (url: string): string => url.replace(/[?#].*$/s, "");
