// The part of autocannon that is used; it brings no types.
declare module "autocannon" {
  interface Request {
    readonly method?: string;
    readonly path: string;
    readonly body?: string;
    /** Makes the next request of this one. */
    readonly setupRequest?: (request: Request) => Request;
  }

  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly requests: readonly Request[];
    readonly tlsOptions: { readonly ca: string };
    /** Seconds; or else `amount` requests. */
    readonly duration?: number;
    readonly amount?: number;
  }

  interface Result {
    readonly requests: { readonly total: number };
    /** Seconds. */
    readonly duration: number;
    readonly non2xx: number;
    readonly errors: number;
  }

  function autocannon(options: Options): Promise<Result>;
  namespace autocannon {
    export type { Options, Request, Result };
  }
  export default autocannon;
}
