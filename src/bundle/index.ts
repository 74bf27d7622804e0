export { bundle, maxSize } from "./bundle.ts";
export { renderCatalogue } from "./catalogue.ts";
export { type InspectedBundle, inspectBundles } from "./inspect.ts";
export { loadFlows } from "./load/index.ts";
export { policySources } from "./policy-sources.ts";
