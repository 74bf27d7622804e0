/** Why a tenant could not start or go on; stable, for callers to switch on. */
export type TenantErrorCode =
  | "port-taken"
  | "port-forbidden"
  | "state-not-writable"
  | "state-in-use"
  | "state-damaged"
  | "state-newer"
  | "state-foreign"
  | "bad-signing-key";

/** The tenant cannot start. The message is for people: one sentence of what is wrong and one of the way out. */
export class TenantError extends Error {
  override readonly name = "TenantError";
  readonly code: TenantErrorCode;
  constructor(code: TenantErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
