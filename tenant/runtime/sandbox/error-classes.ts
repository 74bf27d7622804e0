import type { HookTrigger } from "../protocol.ts";

const userError = `
class ExtensibilityUserError extends Error {
  constructor(message, friendlyMessage) {
    super(message);
    this.name = new.target.name;
    this.friendlyMessage = friendlyMessage === undefined ? message : friendlyMessage;
  }
}`;

const registration = `
class PreUserRegistrationError extends ExtensibilityUserError {}`;

const exchange = (name: string, code: string, statusCode: number) => `
class ${name} extends ExtensibilityUserError {
  constructor(message, friendlyMessage) {
    super(message, friendlyMessage);
    this.code = "${code}";
    this.statusCode = ${statusCode};
  }
}`;

/** Source text that Auth0 puts in front of a hook, in the same scope: the error classes of its family. */
export const hookPreamble: Readonly<Record<HookTrigger, string>> = {
  "pre-user-registration": userError + registration,
  "post-user-registration": userError + registration,
  "post-change-password": userError + registration,
  "credentials-exchange":
    userError +
    exchange("InvalidRequestError", "invalid_request", 400) +
    exchange("InvalidScopeError", "invalid_scope", 400) +
    exchange("ServerError", "server_error", 500),
};

/** Source text whose value is the class that rules find as the global `UnauthorizedError`. */
export const unauthorizedError = `
(class UnauthorizedError extends Error {
  constructor(message) {
    super(message);
    this.name = "UnauthorizedError";
    this.description = this.message;
    this.code = "unauthorized";
    this.statusCode = 401;
  }
})`;
