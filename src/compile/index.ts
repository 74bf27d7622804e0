export { acceptWarnings, unneededAcceptances } from "./accept-warnings.ts";
export { parse } from "./parse.ts";
export { readSources, readTree } from "./read-sources.ts";
export { resolve } from "./resolve.ts";
export { renderSchemas } from "./schemas.ts";
export { diskTree, type SourceTree, type TreeEntry } from "./source-tree.ts";
export { valuesOfStack } from "./stack-values.ts";
