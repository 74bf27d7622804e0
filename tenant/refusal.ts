import { STATUS_CODES } from "node:http";

/** The answer of an API that refuses before it looks at a request, in the form of that API. */
export function refusal(
  path: string,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = isManagement(path)
    ? { statusCode: status, error: STATUS_CODES[status] ?? "Error", message, errorCode: code }
    : { error: code, error_description: message };
  return Response.json(body, { status, headers });
}

/** Whether a path is one of the Management API; all others are the Authentication API's. */
export const isManagement = (path: string): boolean => path.startsWith("/api/v2/");
