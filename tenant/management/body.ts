import type { HonoRequest } from "hono";
import { ApiError, badRequest } from "./errors.ts";

/** Bytes; far above what a code bundle or a page of users needs. */
const LARGEST = 2_000_000;

/** The parsed JSON body of a request, or undefined without one. 413 if it is too large, 400 if it is not JSON. */
export async function readJson(request: HonoRequest): Promise<unknown> {
  const text = await readText(request);
  // SDKs before 1.0 send `null` with each GET, which is as good as nothing.
  if (text === "" || text === "null") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("Invalid request payload JSON format");
  }
}

async function readText(request: HonoRequest): Promise<string> {
  const announced = request.header("content-length");
  if (Number(announced) > LARGEST) throw tooLarge();
  if (announced !== undefined || request.raw.body === null) return request.text();
  // Without a length it could go on for ever.
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.raw.body as AsyncIterable<Uint8Array>) {
    // Node's streams are async iterables
    size += chunk.byteLength;
    if (size > LARGEST) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const tooLarge = () => new ApiError(413, `Payload content length greater than maximum allowed: ${LARGEST}`);
