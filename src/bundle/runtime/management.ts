import { type ManagementCall, managementTool } from "../../policy/management.ts";
import type { Around, MakeTool } from "./execute.ts";
import { RequestError, type Send, sender } from "./request.ts";
import { obtainToken, type Token, tokenValues } from "./token.ts";

/** Method, path below `/api/v2`, and whether it is repeatable; of the operations that a bundle's policies use. */
export type Operations = Readonly<
  Record<string, readonly [method: string, path: string, repeatable: boolean]>
>;

/** The Management API with these operations; nothing is sent before the first call. */
export function managementApi(operations: Operations): MakeTool {
  return (around) => managementTool(callsOf(operations, around, sender(around.timeLeft)));
}

/** Calls these operations with one token of the policies' client, obtained before the first of them. */
export function callsOf(operations: Operations, { value, cache }: Around, send: Send): ManagementCall {
  let token: Promise<Token> | undefined;
  const renewed = (fresh: boolean) => {
    token = obtainToken(value, cache, send, fresh);
    return token;
  };

  return async (name, input) => {
    const [method, path, repeatable] = operations[name] ?? [];
    if (!method || !path) throw new Error(`"${name}" is not in this bundle`);
    const body: Record<string, unknown> = { ...input };
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
      const part = encodeURIComponent(String(body[key]));
      delete body[key];
      return part;
    });
    const sendWith = ({ text }: Token) =>
      send({
        name,
        url: `https://${value(tokenValues.domain)}/api/v2${filled}`,
        method,
        headers: { authorization: `Bearer ${text}` },
        body: method === "GET" ? undefined : body,
        repeatable: repeatable === true,
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
}
