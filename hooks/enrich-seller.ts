import { createHmac } from "node:crypto";
import { claimNamespace, policy, text, url } from "#policy";
import { type Seller, seller } from "./seller.ts";

/**
 * Asks the company's API which seller a user works for and puts it into the ID token, as `<namespace>seller`, beside what a chat
 * widget proves the address by, `<namespace>email_hash`: only a verified one, or anybody could chat as somebody else. A slow or
 * broken API fails the policy: `onError: "continue"` lets people in without a seller.
 */
export default policy({
  name: "enrich-seller",
  on: ["login"],
  settings: { url: url(), emailHashKey: text(), namespace: claimNamespace() },
  provides: [seller],
  async run({ event, api, settings, data, fetchJson }) {
    const { user_id, email, email_verified } = event.user;
    if (email && email_verified) {
      const hash = createHmac("sha256", settings.emailHashKey).update(email).digest("hex");
      api.idToken.setCustomClaim(`${settings.namespace}email_hash`, hash);
    }
    const address = new URL(settings.url);
    address.searchParams.set("user", user_id);
    const found = sellerIn(await fetchJson(address.href, { timeLimit: 2000 }));
    if (!found) return;
    api.idToken.setCustomClaim(`${settings.namespace}seller`, found);
    data.set(seller, found);
  },
});

/** The answer, `{"id": …, "name": …}`, with nothing else of it; undefined if the user works for nobody. */
function sellerIn(answer: unknown): Seller | undefined {
  const { id, name } = Object(answer) as Record<string, unknown>;
  return typeof id === "string" && typeof name === "string" ? { id, name } : undefined;
}
