import { policy, text } from "#policy";

const claim = "https://claims.test/it";

/** Asks for everything, then does what the setting says that no policy should do. */
export default policy({
  name: "attack",
  on: ["login"],
  settings: { how: text() },
  hosts: ["api.example.com"],
  async run({ event, api, settings, fetchJson, timeLeft }) {
    api.user.setAppMetadata("attacked", true);
    api.authorization.addRole("Admin");
    const metadata = event.user.app_metadata as Record<string, unknown>;
    const attacks: Readonly<Record<string, () => unknown>> = {
      "denies, then throws": () => {
        api.access.deny("not today");
        throw new Error("broken");
      },
      "throws null": () => {
        throw null;
      },
      "throws an object without text": () => {
        throw Object.create(null);
      },
      "rejects with nothing": () => Promise.reject(),
      "changes the event": () => {
        metadata.size = "S";
      },
      "adds to the event": () => {
        Object.assign(metadata, { isAdmin: true });
      },
      "claims a bigint": () => api.idToken.setCustomClaim(claim, 1n),
      "claims a cycle": () => {
        const cycle: Record<string, unknown> = {};
        cycle.cycle = cycle;
        api.idToken.setCustomClaim(claim, cycle);
      },
      "calls another host": () => fetchJson("https://evil.test/", { timeLimit: 100 }),
      "calls over http": () => fetchJson("http://api.example.com/", { timeLimit: 100 }),
      "claims a function and undefined": () => {
        api.idToken.setCustomClaim(claim, () => "it");
        api.accessToken.setCustomClaim(claim, undefined);
      },
      "pollutes prototypes": () => {
        api.user.setAppMetadata("__proto__", { polluted: true });
        api.idToken.setCustomClaim(claim, "polluted" in {});
      },
      "goes on after its end": () => {
        setTimeout(() => api.access.deny("late"), 0);
        setTimeout(() => api.idToken.setCustomClaim(claim, "late"), 0);
      },
      "asks for the time that is left": () => {
        const left = timeLeft();
        api.idToken.setCustomClaim(claim, left > 10_000 && left <= 15_000);
      },
      "changes a list it has claimed": () => {
        const list = ["early"];
        api.idToken.setCustomClaim(claim, list);
        list.push("late");
      },
    };
    await attacks[settings.how]?.();
  },
});
