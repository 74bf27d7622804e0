import { z } from "zod";
import { claimNamespace, policy } from "#policy";

/** What applications may count on; users can write anything into their metadata. */
const preferences = z.object({
  language: z.enum(["de", "en", "fr"]).optional(),
  theme: z.enum(["dark", "light"]).optional(),
});

/**
 * Puts the user's own `user_metadata.preferences` into the ID token, as `<namespace>preferences`, if they have the shape above, and
 * nothing else of them. Auth0 installs the package zod beside the code.
 */
export default policy({
  name: "preferences-to-tokens",
  on: ["login"],
  settings: { namespace: claimNamespace() },
  dependencies: { zod: "4.6.7" },
  run({ event, api, settings }) {
    const { success, data } = preferences.safeParse(event.user.user_metadata.preferences);
    if (success) api.idToken.setCustomClaim(`${settings.namespace}preferences`, data);
  },
});
