// What looks like a secret. Scanners for whole repositories know hundreds of forms and bring dozens of packages; here a handful
// of forms that policies call for is enough, beside what is plainly random.

/** Forms that are secrets wherever they stand. Source: the issuers' pages on their keys, as of November 2026. */
const forms: Readonly<Record<string, RegExp>> = {
  "a private key": /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/,
  "a key of AWS": /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  "a token of GitHub": /\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{36})/,
  "a token of GitLab": /\bglpat-[\w-]{20}/,
  "a key of Stripe": /\b(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16}/,
  "a token of Slack":
    /\bxox[a-z]-[A-Za-z0-9-]{10}|\bxapp-\d-[A-Za-z0-9-]{10}|hooks\.slack\.com\/services\/\w+\/\w+\/\w/,
  "a key of Google": /\bAIza[\w-]{35}|\bGOCSPX-[\w-]{20}|\bya29\.[\w-]{20}/,
  "a key of SendGrid": /\bSG\.[\w-]{16,}\.[\w-]{16}/,
  "a token of npm": /\bnpm_[A-Za-z0-9]{36}/,
  "a token": /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8}/,
  "a URL with a password": /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i,
};

/** Names of what has to be secret. */
const secretName = /(?:password|passwd|passphrase|secret|token|key|credentials?)$/i;

/**
 * Says what secret a text looks like; undefined if it looks like none. `name` is what the text is given to, if anything: a text
 * that could be many a thing is a secret if it is called so.
 */
export function secretIn(text: string, name?: string): string | undefined {
  for (const [what, form] of Object.entries(forms)) if (form.test(text)) return what;
  if (/^data:|-----BEGIN /.test(text)) return undefined; // long and random, and meant for everybody
  if (name !== undefined && secretName.test(name) && isMixed(text)) return `a value for "${name}"`;
  const isPath = /:\/\/|^[./]/.test(text);
  const runs = text.match(isPath ? /[\w+=-]{32,}/g : /[\w+/=-]{32,}/g) ?? [];
  return runs.some((run) => isHexKey(run) || isBase64Key(run)) ? "a random key" : undefined;
}

/** Letters and digits or signs in one piece: neither words with hyphens or the like between them, nor a URL. */
function isMixed(text: string): boolean {
  if (text.length < 8 || /\s/.test(text) || URL.canParse(text)) return false;
  if (/^[A-Za-z]+\d{0,2}(?:[-_.:/][A-Za-z]*\d{0,4})+$/.test(text)) return false;
  return /[A-Za-z]/.test(text) && /[\d!#$%&*^~]/.test(text);
}

function isHexKey(text: string): boolean {
  return /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text) && /\d/.test(text) && entropyOf(text) > 3;
}

/** Letters of both cases and digits that alternate as words do not, and in no order of an alphabet. Shorter ones are ids. */
function isBase64Key(text: string): boolean {
  if (text.length < 40 || ![/[a-z]/, /[A-Z]/, /\d/].every((each) => each.test(text))) return false;
  const changes = text.match(/[a-z](?![a-z])|[A-Z](?![A-Z])|\d(?!\d)/g)?.length ?? 0;
  return changes > 0.35 * text.length && entropyOf(text) > 4.2;
}

/** Bits a character. */
function entropyOf(text: string): number {
  const counts = Map.groupBy(text, (character) => character).values();
  return counts.reduce(
    (sum, { length }) => sum - (length / text.length) * Math.log2(length / text.length),
    0,
  );
}
