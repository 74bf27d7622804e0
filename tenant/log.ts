import type { Clock } from "./clock.ts";
import type { LogEntry } from "./entities.ts";
import type { Ids } from "./ids.ts";
import type { Store } from "./store.ts";

/** What is said about an event; id and date are added. No secret, token or password may be in it. */
export type LogEvent = Omit<LogEntry, "log_id" | "date">;

/** Writes an event to the tenant's log, which the Management API shows at `/logs`, and returns the entry. */
export type TenantLog = (event: LogEvent) => LogEntry;

/** The log that is kept in `store`; each entry is told to `onLog`. */
export function createTenantLog(
  store: Store,
  clock: Clock,
  ids: Ids,
  onLog?: (entry: LogEntry) => void,
): TenantLog {
  return (event) => {
    const entry = store.logs.insert({ log_id: ids.log(clock.now()), date: clock.iso(), ...event });
    onLog?.(entry);
    return entry;
  };
}
