import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { Tenant } from "../../../tenant/index.ts";
import type { RunningTenant } from "../dev-stack.ts";
import { Failure } from "../failure.ts";

/**
 * All that the running tenant stores, but for its log and its signing keys. A copy: what is done with it does not reach that
 * tenant. `authority` is PEM; it is trusted for this request alone, since all tenants' authorities have one name.
 */
export async function stateOf(
  { control }: RunningTenant,
  authority: string,
): Promise<Parameters<Tenant["restore"]>[0]> {
  const asking = request(`${control.url}/snapshot`, {
    ca: authority,
    headers: { authorization: `Bearer ${control.token}` },
  });
  asking.end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage]; // as Node documents it
  const body = await text(answer);
  if (answer.statusCode !== 200)
    throw new Failure(
      `the running tenant at ${control.url} does not show its state: ${answer.statusCode}`,
      "start it anew",
    );
  const { signing_keys: _keys, logs: _logs, ...state }: Parameters<Tenant["restore"]>[0] = JSON.parse(body);
  return state;
}
