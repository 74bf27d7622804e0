import type { Json } from "../../entities.ts";
import type { ActionEffect, ActionTrigger, CacheEntry, Scalar } from "../protocol.ts";
import { cachePart } from "./action-cache.ts";
import { redirectPart } from "./action-redirect.ts";

/** An effect before it is known which action it is of. */
export type ApiCall = ActionEffect extends infer Effect
  ? Effect extends unknown
    ? Omit<Effect, "by">
    : never
  : never;

/** What the methods of `api` work on. */
export interface Recorder {
  /** Takes an effect down, in the order of the calls. */
  record(call: ApiCall): void;
  /** The trigger's cache as this execution sees it. */
  readonly cache: Map<string, CacheEntry>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The event that the action was given. */
  readonly event: Readonly<Record<string, unknown>>;
}

/**
 * The `api` argument of an action: the methods that Auth0's reference lists for the trigger. What the tenant does not
 * emulate throws and says so.
 */
export function createApi(trigger: ActionTrigger, recorder: Recorder): object {
  const parts = methods[trigger].map((part) => part(recorder));
  return Object.assign({}, ...parts) as object;
}

/** Some members of `api`. */
export type Part = (recorder: Recorder) => object;

const customAccessToken: Part = ({ record }) => ({
  accessToken: {
    setCustomClaim: (name: string, value: Json) =>
      record({ type: "accessToken.setCustomClaim", name, value }),
  },
});

const loginTokens: Part = ({ record }) => ({
  accessToken: {
    setCustomClaim: (name: string, value: Json) =>
      record({ type: "accessToken.setCustomClaim", name, value }),
    addScope: (scope: string) => record({ type: "accessToken.addScope", scope }),
    removeScope: (scope: string) => record({ type: "accessToken.removeScope", scope }),
  },
  idToken: {
    setCustomClaim: (name: string, value: Json) => record({ type: "idToken.setCustomClaim", name, value }),
  },
});

const userMetadata: Part = ({ record }) => ({
  user: {
    setAppMetadata: (name: string, value: Json) => record({ type: "user.setAppMetadata", name, value }),
    setUserMetadata: (name: string, value: Json) => record({ type: "user.setUserMetadata", name, value }),
  },
});

const transaction: Part = ({ record }) => ({
  transaction: {
    setMetadata(name: string, value: Scalar | null) {
      if (String(name).length > 64)
        throw new RangeError("a key of transaction metadata has 64 characters at most");
      if (value !== null && !["string", "number", "boolean"].includes(typeof value))
        throw new TypeError("transaction metadata are strings, numbers and booleans");
      if (String(value).length > 8192)
        throw new RangeError("a value of transaction metadata has 8 kB at most");
      record({ type: "transaction.setMetadata", name, value });
    },
  },
});

const validation: Part = ({ record }) => ({
  validation: {
    error: (code: string, message: string) => record({ type: "validation.error", code, message }),
  },
});

const methods: Readonly<Record<ActionTrigger, readonly Part[]>> = {
  "post-login": [
    ({ record }) => ({ access: { deny: (reason: string) => record({ type: "access.deny", reason }) } }),
    loginTokens,
    userMetadata,
    transaction,
    validation,
    cachePart,
    redirectPart,
    notEmulated("authentication", "multifactor", "rules", "samlResponse", "session", "refreshToken"),
    notEmulated("prompt", "groups", "roles"),
  ],
  "credentials-exchange": [
    ({ record }) => ({
      access: { deny: (code: string, reason: string) => record({ type: "access.deny", code, reason }) },
    }),
    customAccessToken,
    cachePart,
    notEmulated("transaction"),
  ],
  "pre-user-registration": [
    ({ record }) => ({
      access: {
        deny: (reason: string, userMessage: string) => record({ type: "access.deny", reason, userMessage }),
      },
    }),
    userMetadata,
    validation,
    cachePart,
  ],
  "post-user-registration": [cachePart],
  "post-change-password": [cachePart],
};

/** Parts of `api` that exist in Auth0: any use of one throws an error that names it. */
function notEmulated(...names: readonly string[]): Part {
  const refuse = (name: string) =>
    new Proxy(
      {},
      {
        get: (_target, method) => {
          throw new Error(`api.${name}.${String(method)} is not emulated by the local tenant`);
        },
      },
    );
  return () => Object.fromEntries(names.map((name) => [name, refuse(name)]));
}
