import vm from "node:vm";
import { type CallBundle, nodeGlobals } from "./calling.ts";

/** Calls an action, and keeps what it asked for. */
export const callAction: CallBundle = async (bundle, event, { fetch, values, kept }) => {
  const exports: Record<string, (event: unknown, api: unknown) => Promise<void>> = {};
  vm.runInNewContext(bundle.code, { fetch, ...nodeGlobals, exports });
  const [handler] = Object.values(exports);
  const done: Record<string, Record<string, unknown>> = {};
  const put = (where: string) => (name: string, value: unknown) => {
    done[where] = { ...done[where], [name]: value };
  };
  let denied: string | undefined;
  const api = {
    access: {
      deny: (...said: string[]) => {
        denied = bundle.flow === "credentialsExchange" ? said[1] : said[0];
      },
    },
    accessToken: { setCustomClaim: put("accessToken") },
    idToken: { setCustomClaim: put("idToken") },
    user: { setAppMetadata: put("appMetadata"), setUserMetadata: put("userMetadata") },
    cache: {
      get: (key: string) => kept?.get(key),
      set: (key: string, value: string) => kept?.set(key, { value }),
    },
  };
  try {
    await handler?.({ ...event, secrets: values }, api);
  } catch (error) {
    denied = (error as Error).message;
  }
  return { ...done, ...(denied !== undefined && { denied }) };
};
