const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Payload Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
};

/** The Management API refuses a request; thrown by a handler, answered as `toWire` says. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Auth0's `errorCode`; some endpoints leave it out. */
  readonly errorCode: string | undefined;

  constructor(status: number, message: string, errorCode?: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }

  /** `{ statusCode, error, message, errorCode }`; 401 has `attributes` where others have `errorCode`. */
  toWire(): Record<string, unknown> {
    return {
      statusCode: this.status,
      error: REASONS[this.status] ?? "Error",
      message: this.message,
      ...(this.errorCode !== undefined && { errorCode: this.errorCode }),
      ...(this.status === 401 && { attributes: { error: this.message } }),
    };
  }
}

export const badRequest = (message: string, errorCode = "invalid_body") =>
  new ApiError(400, message, errorCode);
export const unauthorized = (message: string) => new ApiError(401, message);
export const forbidden = (message: string, errorCode: string) => new ApiError(403, message, errorCode);
export const notFound = (message: string, errorCode?: string) => new ApiError(404, message, errorCode);
export const conflict = (message: string, errorCode?: string) => new ApiError(409, message, errorCode);
