import type { HonoRequest } from "hono";
import { parseJson, readText } from "../body.ts";
import { ApiError, badRequest } from "./errors.ts";

/** Bytes; far above what a code bundle or a page of users needs. */
const LARGEST = 2_000_000;

/** The parsed JSON body of a request, or undefined without one. 413 if it is too large, 400 if it is not JSON. */
export async function readJson(request: HonoRequest): Promise<unknown> {
  const { text, failure } = await readText(request, LARGEST);
  if (failure === "too-large")
    throw new ApiError(413, `Payload content length greater than maximum allowed: ${LARGEST}`);
  if (failure === "cut-off") throw badRequest("The payload ended too early");
  // SDKs before 1.0 send `null` with each GET, which is as good as nothing.
  if (text === "" || text === "null") return undefined;
  try {
    return parseJson(text);
  } catch {
    throw badRequest("Invalid request payload JSON format");
  }
}
