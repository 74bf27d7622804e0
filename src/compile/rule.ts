import type { Lookup } from "./lookup.ts";
import type { Report } from "./report.ts";

/** A law about all declarations together; its name states it. It reports each breach once and changes nothing. */
export type Rule = (lookup: Lookup, report: Report) => void;
