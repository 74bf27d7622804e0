import type { TenantContext } from "./context.ts";
import { type Deployer, prepareTenant, resetTenant } from "./first-start.ts";
import { managementScopes } from "./management/scopes.ts";
import type { Tenant } from "./tenant.ts";

/** What can be done with all that a tenant stores, and the tokens of its deployer. */
export function stateOperations(
  context: TenantContext,
  deployer: Deployer,
): Pick<Tenant, "managementToken" | "reset" | "snapshot" | "restore"> {
  const { store, clock, runtime, gate } = context;
  return {
    managementToken: (scopes = managementScopes.map(({ value }) => value)) =>
      context.keys.sign({
        iss: context.issuer,
        sub: `${deployer.clientId}@clients`,
        aud: context.managementAudience,
        iat: clock.seconds(),
        exp: clock.seconds() + 86_400,
        scope: scopes.join(" "),
        gty: "client-credentials",
        azp: deployer.clientId,
      }),
    reset: () => {
      gate.reset();
      resetTenant(context);
      runtime.forget();
      context.calls.clear();
    },
    snapshot: () => store.dump(),
    restore: (snapshot) => {
      gate.forgetLate();
      store.transaction(() => {
        store.load({ signing_keys: store.signing_keys.find(), ...snapshot });
        prepareTenant(context); // it may be another tenant's, with another domain
      });
      runtime.forget();
    },
  };
}
