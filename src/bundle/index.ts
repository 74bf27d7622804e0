export { bundle } from "./bundle.ts";
export { renderCatalogue } from "./catalogue.ts";
export { loadFlows } from "./load/index.ts";
export { policySources } from "./policy-sources.ts";
