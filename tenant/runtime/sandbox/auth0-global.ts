import type { RuleGlobals } from "../protocol.ts";
import { guardedFetch } from "./realm.ts";

/** The `auth0` global of rules: a token for `read:users update:users`, and the two calls that need no client. */
export function createAuth0({ accessToken, domain, baseUrl }: RuleGlobals): object {
  const update = (field: string) => async (userId: string, metadata: unknown) => {
    const response = await guardedFetch(`${baseUrl}/users/${encodeURIComponent(userId)}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ [field]: metadata }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw Object.assign(new Error(messageOf(answer)), { statusCode: response.status });
    return answer;
  };
  return {
    accessToken,
    domain,
    baseUrl,
    users: { updateAppMetadata: update("app_metadata"), updateUserMetadata: update("user_metadata") },
  };
}

function messageOf(answer: unknown): string {
  const message = typeof answer === "object" && answer !== null && "message" in answer ? answer.message : "";
  return String(message);
}
