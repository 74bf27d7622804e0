import { stage } from "#policy";
import chatToken from "../../../hooks/chat-token.ts";
import { claims, table } from "../cases.ts";

const verified = { email_verified: true };
const proof = { external_id: "auth0|ada", email: "ada@example.com" };

/** Signed with the stack's key, and good for ten minutes, or outcomes would not say what is in it. */
export default table({
  policy: "chat-token",
  flow: "login",
  steps: [["chat-token", chatToken({ key: stage("chatKey" as never), namespace: stage("claimNamespace") })]],
  cases: [
    {
      who: "a user with a verified address can prove it to the widget",
      comes: { user: verified },
      out: { idToken: claims({ chat_token: proof }) },
    },
    {
      who: "his name comes with it, whatever it is made of",
      comes: { user: { ...verified, name: 'Ada "__proto__" Löwe 🦁' } },
      out: { idToken: claims({ chat_token: { ...proof, name: 'Ada "__proto__" Löwe 🦁' } }) },
    },
    { who: "a user whose address is not verified proves nothing", out: {} },
    {
      who: "a user without an address proves nothing",
      comes: { user: { ...verified, email: undefined as never } },
      out: {},
    },
  ],
});
