// What happens in the tenant, from top to bottom: which policies run at which moment, with which settings.
import { flows, stage } from "#policy";
import assignDefaultRole from "./assign-default-role.ts";
import rolesToTokens from "./roles-to-tokens.ts";

export default flows({
  postUserRegistration: [assignDefaultRole({ role: "customer" })],
  login: [
    // Again, for those who never register here: social users, and users who were imported.
    assignDefaultRole({ role: "customer" }),
    rolesToTokens({ namespace: stage("claimNamespace") }),
  ],
});
