import { z } from "zod";
import { handlers, ok } from "./request.ts";
import { parseQuery } from "./validation.ts";

const DAY = 86_400_000;
const ACTIVE_FOR = 30 * DAY;

const day = z
  .string()
  .regex(/^\d{8}$/)
  .optional();
const range = z.object({ from: day, to: day });

export const stats = handlers({
  // Who logged in during the last 30 days.
  getActiveUsers: (_, { store, clock }) => {
    const since = new Date(clock.now() - ACTIVE_FOR).toISOString();
    const value = { sql: "value >= ?", parameters: [since] };
    return ok(store.users.countFound({ kind: "term", field: "last_login", value }));
  },

  // The days on which something happened, both ends included, as the tenant's log has them.
  getDailyStats: ({ query }, { store }) => {
    const { from = "", to = "99999999" } = parseQuery(range, query);
    const days = new Map<
      string,
      { logins: number; signups: number; created_at: string; updated_at: string }
    >();
    for (const [type, counter] of [
      ["s", "logins"],
      ["ss", "signups"],
    ] as const)
      for (const { date } of store.logs.find({ type })) {
        const name = date.slice(0, 10).replaceAll("-", "");
        if (name < from || name > to) continue;
        const counted = days.get(name) ?? { logins: 0, signups: 0, created_at: date, updated_at: date };
        counted[counter] += 1;
        if (date < counted.created_at) counted.created_at = date;
        if (date > counted.updated_at) counted.updated_at = date;
        days.set(name, counted);
      }
    const sorted = [...days.values()].sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    return ok(
      sorted.map((counted) => ({
        date: `${counted.created_at.slice(0, 10)}T00:00:00.000Z`,
        ...counted,
        leaked_passwords: 0,
      })),
    );
  },
});
