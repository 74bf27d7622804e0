export {
  type Change,
  changeKinds,
  type Effect,
  type ReviewedChange,
  type Thing,
} from "./change.ts";
export { changedMatrix, type Having } from "./changed-matrix.ts";
export { renamedLaws, renamesBetween } from "./changes/renames.ts";
export { diffAccess, sortChanges } from "./diff-access.ts";
export { diffFlows } from "./diff-flows.ts";
export { type ApiMatrix, type Cell, type MatrixRow, matrixOf } from "./matrix.ts";
export { type Phrase, phrase, plainText } from "./phrase.ts";
export { type Giving, type Holder, isSame, type Link, type Reason } from "./reason.ts";
export { gates, type Review, reviewOf, stoppedBy } from "./review.ts";
export { type HeldPermission, type HolderPermissions, holderKeys, whatCan } from "./what-can.ts";
export { askablePermissions, type PermissionHolders, type ReasonedHolding, whoCan } from "./who-can.ts";
