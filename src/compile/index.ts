export { parse } from "./parse.ts";
export { readSources } from "./read-sources.ts";
export { resolve } from "./resolve.ts";
