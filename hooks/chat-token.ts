import { SignJWT } from "jose";
import { claimNamespace, policy, text } from "#policy";

/**
 * Puts what a chat widget takes for a proof of who is chatting into the ID token, as `<namespace>chat_token`: a JWT signed with the
 * widget's secret, good for ten minutes. Whoever has no verified address chats as nobody. The package jose becomes part of the
 * code.
 */
export default policy({
  name: "chat-token",
  on: ["login"],
  settings: { key: text(), namespace: claimNamespace() },
  async run({ event, api, settings }) {
    const { user_id, email, email_verified, name } = event.user;
    if (!email || email_verified !== true) return;
    const token = await new SignJWT({ external_id: user_id, email, name })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuedAt()
      .setExpirationTime("10m")
      .sign(new TextEncoder().encode(settings.key));
    api.idToken.setCustomClaim(`${settings.namespace}chat_token`, token);
  },
});
