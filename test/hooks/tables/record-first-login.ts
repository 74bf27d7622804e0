import recordFirstLogin from "../../../hooks/record-first-login.ts";
import { adapted, aTime, table } from "../cases.ts";

const now = { appMetadata: { firstLoginDateTime: aTime } };

export default table({
  policy: "record-first-login",
  flow: "login",
  steps: [["record-first-login", recordFirstLogin({})]],
  cases: [
    { who: "the time of the first login is kept", out: now },
    {
      who: "a later login leaves it as it is",
      comes: { user: { app_metadata: { firstLoginDateTime: "2026-01-01T00:00:00.000Z" } } },
      out: {},
    },
    {
      who: "other metadata does not matter",
      comes: { user: { app_metadata: { size: "XL" }, user_metadata: { firstLoginDateTime: "never" } } },
      out: now,
    },
    {
      who: "a time that somebody has broken is left to him",
      comes: { user: { app_metadata: { firstLoginDateTime: 7 } } },
      out: {},
    },
    {
      who: "a user without metadata counts as one with none",
      comes: { user: { app_metadata: undefined as never, user_metadata: undefined as never } },
      out: now,
      differs: adapted,
    },
  ],
});
