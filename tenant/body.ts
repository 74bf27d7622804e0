import type { HonoRequest } from "hono";

/** A request's body as text; undefined if it has more than `largest` bytes, of which the rest is not read. */
export async function readText(request: HonoRequest, largest: number): Promise<string | undefined> {
  // A web Request of these methods has none, and asking for it is dear.
  if (request.method === "GET" || request.method === "HEAD") return "";
  const announced = request.header("content-length");
  if (Number(announced) > largest) return undefined;
  if (announced !== undefined || request.raw.body === null) return request.text();
  // Without a length it could go on for ever.
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.raw.body as AsyncIterable<Uint8Array>) {
    // Node's streams are async iterables
    size += chunk.byteLength;
    if (size > largest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
