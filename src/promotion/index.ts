export { announcementOf } from "./announcement.ts";
export { checkPromotion } from "./check-promotion.ts";
export { compareReleases } from "./compare-releases.ts";
export { type Completed, completedIn, releaseOutputs } from "./stack-outputs.ts";
