// `#policy`: what policies are written against. It runs inside Auth0: no Node module, no package.
export type { Catalogue } from "./catalogue.ts";
export { flows, policy } from "./policy.ts";
export { claimNamespace, role, secret, stage, text } from "./settings.ts";
