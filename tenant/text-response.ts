/**
 * A response whose whole body is a text at hand. A server can write it without the stream that the platform makes of
 * every body, which is most of what a small answer costs; to everybody else it is like any response.
 */
export class TextResponse extends Response {
  /** The body; looking at it does not use it up. */
  readonly content: string;
  #streamed: Response | undefined;

  constructor(content: string, init: ResponseInit) {
    super(null, init);
    this.content = content;
  }

  /** The platform's own with this body, made when somebody wants to read it. */
  get #response(): Response {
    this.#streamed ??= new Response(this.content, { status: this.status, headers: this.headers });
    return this.#streamed;
  }

  static {
    const names = [
      "body",
      "bodyUsed",
      "arrayBuffer",
      "blob",
      "bytes",
      "clone",
      "formData",
      "json",
      "text",
    ] as const;
    for (const name of names)
      Object.defineProperty(TextResponse.prototype, name, {
        get(this: TextResponse) {
          const response = this.#response;
          const member = response[name];
          return typeof member === "function" ? member.bind(response) : member;
        },
      });
  }
}
