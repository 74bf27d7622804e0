export { askFrom } from "./ask.ts";
export { checkTenant } from "./check-tenant.ts";
export { signInTo } from "./sign-in.ts";
