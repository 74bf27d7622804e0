// What each Management API operation takes and gives. Paths and scopes are in src/model/operations.ts.
import type { ManagementOperationName } from "../model/operations.ts";
import type { Tool } from "./run.ts";

interface User {
  readonly user_id: string;
  readonly email?: string;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
}

interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

interface RolesOfUser {
  readonly id: string;
  /** Ids, at least one. */
  readonly roles: readonly string[];
}

interface ManagementCalls {
  "users.get": { input: { readonly id: string }; answer: User };
  "users.roles.list": { input: { readonly id: string }; answer: readonly Role[] };
  "users.roles.assign": { input: RolesOfUser; answer: undefined };
  "users.roles.remove": { input: RolesOfUser; answer: undefined };
}

/**
 * Calls the Management API as the policies' client. Rejects with an error that names operation, status and, where one is
 * missing, the scope; an operation that the policy's `uses` does not list is refused without a call.
 */
export type Management<Uses extends ManagementOperationName> = <Operation extends Uses>(
  operation: Operation,
  input: ManagementCalls[Operation]["input"],
) => Promise<ManagementCalls[Operation]["answer"]>;

/** The same for any operation, as lanes and tests provide it. */
export type ManagementCall = (
  operation: string,
  input: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

/** Gives policies `management`, limited to the operations in their `uses`. */
export function managementTool(call: ManagementCall): Tool {
  return ({ policy: { uses = [] } }) => ({
    management: async (operation: ManagementOperationName, input: Readonly<Record<string, unknown>>) => {
      if (!uses.includes(operation)) throw new Error(`"${operation}" is not in its "uses"`);
      return call(operation, input);
    },
  });
}
