// Calls of hosts that a policy names.
import type { Tool } from "./run.ts";

/** What a call of a company's API is made of. */
export interface FetchJsonOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds; what is left of the flow's time bounds it, too. */
  readonly timeLimit: number;
}

/**
 * The JSON that a host of the policy's answers. Rejects with an error that names the host and what went wrong: a host that is
 * not declared, a URL that is not https, no answer in time, a status other than 2xx, a redirect, no JSON, or more than 100 kB.
 */
export type FetchJson = (url: string, options: FetchJsonOptions) => Promise<unknown>;

/** Gives policies `fetchJson`, limited to their hosts. */
export function fetchJsonTool(fetchJson: FetchJson): Tool {
  return ({ policy, settings }) => {
    const urls = Object.keys(policy.settings).filter((name) => policy.settings[name]?.type === "url");
    const hosts = [...(policy.hosts ?? []), ...urls.map((name) => new URL(String(settings[name])).host)];
    return {
      fetchJson: async (url: string, options: FetchJsonOptions) => {
        const { host, protocol } = new URL(url);
        if (protocol !== "https:") throw new Error(`"${url}" is not https`);
        if (!hosts.includes(host)) throw new Error(`"${host}" is none of its hosts`);
        return fetchJson(url, options);
      },
    };
  };
}
