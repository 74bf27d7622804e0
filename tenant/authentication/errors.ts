/** The Authentication API refuses; at /authorize it goes to the callback, elsewhere it is the body of the answer. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly error: string;
  /** Code in the tenant's log, where it is not that of the grant. */
  readonly logType: string | undefined;

  constructor(status: number, error: string, description: string, logType?: string) {
    super(description);
    this.status = status;
    this.error = error;
    this.logType = logType;
  }

  /** `{ error, error_description }`, as RFC 6749, 5.2. */
  toWire(): Record<string, unknown> {
    return { error: this.error, error_description: this.message };
  }
}

/** A sign-up is refused, in the body of its own that Auth0 gives it. */
export class SignUpError extends Error {
  override readonly name = "SignUpError";
  readonly body: Readonly<Record<string, unknown>>;

  constructor(body: Readonly<Record<string, unknown>>) {
    super("the sign-up is refused");
    this.body = body;
  }

  /** The sentence of the body that is meant for the person. */
  get forPeople(): string {
    const { friendly_message, description, message, error } = this.body;
    const found = [friendly_message, description, message, error].find((text) => typeof text === "string");
    return found ?? this.message;
  }
}

/** What a person in front of a browser did wrong, or an application did that sent him here: shown as a page. */
export class PageError extends Error {
  override readonly name = "PageError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const invalidRequest = (description: string) => new OAuthError(400, "invalid_request", description);
export const invalidGrant = (description: string) => new OAuthError(403, "invalid_grant", description);
export const accessDenied = (description: string) => new OAuthError(403, "access_denied", description);
