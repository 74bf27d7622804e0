import type { HonoRequest } from "hono";

/** A request's body, or why there is none: it is too large, or the connection ended before it did. */
export type ReadBody =
  | { readonly text: string; readonly failure?: never }
  | { readonly failure: "too-large"; readonly text?: never }
  | { readonly failure: "cut-off"; readonly text?: never };

/** A request's body as text; of one that has more than `largest` bytes the rest is not read. */
export async function readText(request: HonoRequest, largest: number): Promise<ReadBody> {
  // A web Request of these methods has none, and asking for it is dear.
  if (request.method === "GET" || request.method === "HEAD") return { text: "" };
  const announced = request.header("content-length");
  if (Number(announced) > largest) return { failure: "too-large" };
  try {
    if (announced !== undefined || request.raw.body === null) return { text: await request.text() };
    // Without a length it could go on for ever.
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of request.raw.body as AsyncIterable<Uint8Array>) {
      // Node's streams are async iterables
      size += chunk.byteLength;
      if (size > largest) return { failure: "too-large" };
      chunks.push(chunk);
    }
    return { text: Buffer.concat(chunks).toString() };
  } catch {
    return { failure: "cut-off" };
  }
}

/** Lists and objects within each other; SQLite's functions for JSON, and whatever else recurses, end not far above. */
const DEEPEST = 200;

/** What a text in JSON says. Throws a `SyntaxError` for one that is no JSON, or nested more than 200 deep. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (text.length > 2 * DEEPEST && isDeeper(value, DEEPEST)) throw new SyntaxError("nested too deep");
  return value;
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));
