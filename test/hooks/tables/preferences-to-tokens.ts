import { stage } from "#policy";
import preferencesToTokens from "../../../hooks/preferences-to-tokens.ts";
import { adapted, claims, table } from "../cases.ts";

const comes = (preferences: unknown) => ({ user: { user_metadata: { preferences } } });

export default table({
  policy: "preferences-to-tokens",
  flow: "login",
  steps: [["preferences-to-tokens", preferencesToTokens({ namespace: stage("claimNamespace") })]],
  cases: [
    {
      who: "a user's preferences are in the ID token",
      comes: comes({ language: "de", theme: "dark" }),
      out: { idToken: claims({ preferences: { language: "de", theme: "dark" } }) },
    },
    {
      who: "what else he has written there is not",
      comes: comes({ theme: "light", isAdmin: true, constructor: "x" }),
      out: { idToken: claims({ preferences: { theme: "light" } }) },
    },
    { who: "a user without preferences has none", out: {} },
    ...[{ language: "klingon" }, { theme: ["dark"] }, "dark", null, [], 7].map((preferences) => ({
      who: `preferences that are ${JSON.stringify(preferences)} count as none`,
      comes: comes(preferences),
      out: {},
    })),
    {
      who: "user_metadata that is a text counts as none",
      comes: { user: { user_metadata: "dark" as never } },
      out: {},
      differs: adapted,
    },
  ],
});
