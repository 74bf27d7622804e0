export { bundle } from "./bundle.ts";
export { loadFlows } from "./load/index.ts";
