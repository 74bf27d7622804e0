// `#policy`: what policies are written against. It runs inside Auth0: no Node module, no package.
export type { Catalogue } from "./catalogue.ts";
export { data } from "./data.ts";
export { external, flows } from "./flows.ts";
export { policy } from "./policy.ts";
export type { AssignableRole, GroupAccess, PermissionTable } from "./settings.ts";
export {
  claimNamespace,
  flag,
  groupTable,
  permissionTable,
  role,
  roleNames,
  secret,
  stage,
  text,
  texts,
  url,
} from "./settings.ts";
