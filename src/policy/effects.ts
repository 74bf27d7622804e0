import type { AssignableRole } from "./settings.ts";

/** Why somebody gets no account or no token. */
export interface Denial {
  /** For logs, and for the application that asked for tokens. */
  readonly reason: string;
  /** For the person who signs up. */
  readonly userMessage: string;
  /** The OAuth error of a refused token exchange. */
  readonly code: "invalid_scope" | "invalid_request" | "server_error";
}

/** A denial with what the policy says of it; the rest is said for it. */
export function denialOf(said: Partial<Denial> & Pick<Denial, "reason">): Denial {
  return { userMessage: "Signing up is not possible at the moment", code: "server_error", ...said };
}

/** What the policies of a flow want; nothing of it happens before all have run, and nothing at all after a denial. */
export interface Effects {
  denial: Denial | undefined;
  readonly accessToken: Record<string, unknown>;
  readonly idToken: Record<string, unknown>;
  /** Changed keys only; null removes a key. */
  readonly appMetadata: Record<string, unknown>;
  readonly userMetadata: Record<string, unknown>;
  /** Names of roles the user has from now on, beside those of the event. */
  readonly roles: AssignableRole["name"][];
  /** Scopes that a machine's token is to lose. */
  readonly removedScopes: string[];
  /** What policies have handed to those after them, by the name of its type. */
  readonly data: Record<string, unknown>;
}

/** No effects yet. */
export function noEffects(): Effects {
  return {
    denial: undefined,
    accessToken: {},
    idToken: {},
    appMetadata: {},
    userMetadata: {},
    roles: [],
    removedScopes: [],
    data: {},
  };
}

/** The same effects, to which more can be added without changing these. */
export function copyOf(effects: Effects): Effects {
  const copies = Object.entries(effects).map(([name, value]) => [name, copy(value)]);
  return Object.fromEntries(copies) as Effects; // part by part the same
}

function copy(part: Effects[keyof Effects]): unknown {
  return Array.isArray(part) ? [...part] : part && { ...part };
}
