import type { PasswordRefusal } from "../password-policy.ts";
import { SignUpError } from "./errors.ts";

/** The answer to a sign-up or a change with a password that the connection does not take. */
export function passwordError({ name, message, strength }: PasswordRefusal): SignUpError {
  return new SignUpError({
    name,
    message,
    code: "invalid_password",
    description: strength ? { rules: strength.rules, verified: false } : message,
    ...(strength && { policy: strength.policy }),
    statusCode: 400,
  });
}
