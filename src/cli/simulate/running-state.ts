import type { Tenant } from "../../../tenant/index.ts";
import { type RunningTenant, trustAuthority } from "../dev-stack.ts";
import { Failure } from "../failure.ts";

/**
 * All that the running tenant stores, without what belongs to one tenant alone: log, sessions and signing keys. A copy: what
 * is done with it does not reach that tenant.
 */
export async function stateOf(
  { control }: RunningTenant,
  authority: string,
): Promise<Parameters<Tenant["restore"]>[0]> {
  trustAuthority(authority);
  const answer = await fetch(`${control.url}/snapshot`, {
    headers: { authorization: `Bearer ${control.token}` },
  });
  if (!answer.ok)
    throw new Failure(
      `the running tenant at ${control.url} does not show its state: ${answer.status}`,
      "start it anew",
    );
  const {
    signing_keys: _keys,
    logs: _logs,
    ...state
  } = (await answer.json()) as Parameters<Tenant["restore"]>[0]; // its own form
  return state;
}
