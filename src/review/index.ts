export { type ApiMatrix, type Cell, type MatrixRow, matrixOf } from "./matrix.ts";
export { type Giving, type Holder, isSame, type Link, type Reason } from "./reason.ts";
export { type HeldPermission, type HolderPermissions, holderKeys, whatCan } from "./what-can.ts";
export { askablePermissions, type PermissionHolders, type ReasonedHolding, whoCan } from "./who-can.ts";
