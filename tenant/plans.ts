/**
 * How many requests Auth0 takes, per plan, as data. Published numbers of
 * https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations
 * (pages `free-public`, `essentials-professional-b2b`, `enterprise-public`), as of 2026; only what the tenant emulates.
 */

/** A token bucket: `burst` requests at once, refilled with `sustained` in each `per`. */
export interface Limit {
  readonly burst: number;
  readonly sustained: number;
  readonly per: "second" | "minute";
  /** One bucket for each user or e-mail address that a request concerns; without it, one for the tenant. */
  readonly each?: "user" | "email";
}

/** A limit that some endpoints share. */
export interface EndpointLimit extends Limit {
  /** Matches `METHOD /path`, percent-encoded. */
  readonly endpoints: RegExp;
}

/** The limits of one API. */
export interface ApiLimits {
  /** What all requests count for. */
  readonly global?: Limit;
  /** What a request counts for besides: the first whose endpoints match. */
  readonly endpoints: readonly EndpointLimit[];
}

/** A subscription of Auth0's, as far as it limits requests. */
export interface Plan {
  readonly management: ApiLimits;
  readonly authentication: ApiLimits;
}

/** On all plans. */
const everywhere: readonly EndpointLimit[] = [
  { endpoints: /^(GET|POST) \/userinfo$/, burst: 10, sustained: 5, per: "minute", each: "user" },
  {
    endpoints: /^POST \/dbconnections\/change_password$/,
    burst: 10,
    sustained: 1,
    per: "minute",
    each: "email",
  },
  // Per address of the caller, and there is only one on loopback.
  { endpoints: /^POST \/dbconnections\/signup$/, burst: 50, sustained: 50, per: "minute" },
];

const selfService: Plan = {
  management: {
    endpoints: [
      { endpoints: /^GET \/api\/v2\/users\b/, burst: 40, sustained: 500, per: "minute" },
      { endpoints: /^[A-Z]+ \/api\/v2\/users\b/, burst: 20, sustained: 200, per: "minute" },
      { endpoints: /^GET \/api\/v2\/clients\b/, burst: 5, sustained: 100, per: "minute" },
      { endpoints: /^GET \/api\/v2\/connections\b/, burst: 5, sustained: 50, per: "minute" },
      { endpoints: /^/, burst: 10, sustained: 150, per: "minute" },
    ],
  },
  authentication: { global: { burst: 25, sustained: 25, per: "second" }, endpoints: everywhere },
};

const enterprise = (management: Limit): Plan => ({
  management: {
    global: management,
    endpoints: [
      {
        endpoints: /^GET \/api\/v2\/organizations\/name\//,
        burst: 20,
        sustained: 200,
        per: "minute",
      },
      {
        endpoints: /^(POST|PATCH|DELETE) \/api\/v2\/organizations(\/[^/]+)?$/,
        burst: 5,
        sustained: 150,
        per: "minute",
      },
    ],
  },
  authentication: { global: { burst: 100, sustained: 100, per: "second" }, endpoints: everywhere },
});

/** The plans by name. */
export const plans = {
  free: {
    management: { global: { burst: 2, sustained: 2, per: "second" }, endpoints: [] },
    authentication: {
      global: { burst: 300, sustained: 300, per: "minute" },
      endpoints: [
        ...everywhere,
        { endpoints: /^POST \/oauth\/token$/, burst: 30, sustained: 30, per: "second" },
        { endpoints: /^GET \/\.well-known\/jwks\.json$/, burst: 20, sustained: 20, per: "second" },
      ],
    },
  },
  essentials: selfService,
  professional: selfService,
  enterprise: enterprise({ burst: 50, sustained: 16, per: "second" }),
  "enterprise-non-production": enterprise({ burst: 10, sustained: 2, per: "second" }),
} as const satisfies Readonly<Record<string, Plan>>;

export type PlanName = keyof typeof plans;
