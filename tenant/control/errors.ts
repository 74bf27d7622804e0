/** The control API refuses a request. The message says what is wrong and the way out. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly status: 400 | 401 | 403 | 404 | 409 | 413;
  /** Stable, for callers to switch on. */
  readonly code: string;
  constructor(status: ControlError["status"], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
