import type { ManagementCall } from "../../policy/management.ts";
import { RequestError, send } from "./request.ts";
import { obtainToken, type Token, type TokenCache, tokenValues } from "./token.ts";
import type { ReadValue } from "./values.ts";

/** Method, path below `/api/v2`, and whether it is repeatable; of the operations that a bundle's policies use. */
export type Operations = Readonly<
  Record<string, readonly [method: string, path: string, repeatable: boolean]>
>;

/** Gives one execution its Management API; nothing is sent before the first call. */
export type Connect = (around: {
  readonly value: ReadValue;
  readonly cache: TokenCache | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}) => ManagementCall;

/** The Management API with these operations. Only the entry that src/bundle/entry.ts writes imports it. */
export function managementApi(operations: Operations): Connect {
  return ({ value, cache, deadline }) => {
    let token: Promise<Token> | undefined;
    const renewed = (fresh: boolean) => {
      token = obtainToken(value, cache, deadline, { fresh });
      return token;
    };

    return async (name, input) => {
      const [method, path, repeatable] = operations[name] ?? [];
      if (!method || !path) throw new Error(`"${name}" is not in this bundle`);
      const rest: Record<string, unknown> = { ...input };
      const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
        const part = encodeURIComponent(String(rest[key]));
        delete rest[key];
        return part;
      });
      const sendWith = ({ text }: Token) =>
        send({
          name,
          url: `https://${value(tokenValues.domain)}/api/v2${filled}`,
          method,
          headers: { authorization: `Bearer ${text}` },
          ...(method !== "GET" && { body: rest }),
          repeatable: repeatable === true,
          deadline,
        });

      const first = await (token ?? renewed(false));
      try {
        return await sendWith(first);
      } catch (error) {
        // A token that was kept may have been revoked, or be older than the client's grant.
        const isRefused = error instanceof RequestError && (error.status === 401 || error.status === 403);
        if (!isRefused || !first.isOld) throw error;
        return await sendWith(await renewed(true));
      }
    };
  };
}
