import type { TenantContext } from "../context.ts";
import type { OperationName, PathParameters } from "./operations.ts";

/** The query of a request: single strings by name; of a parameter that is given twice, the last. */
export type Query = Readonly<Record<string, string>>;

/** A request that is allowed: its token is valid and has a scope of the operation. */
export interface ManagementRequest<Name extends OperationName> {
  readonly path: PathParameters<Name>;
  readonly query: Query;
  /** Those of the operation's scopes that the token has; at least one. */
  readonly scopes: readonly string[];
  /** The parsed JSON body, or undefined without one. Not yet validated. */
  readonly body: unknown;
}

/** What is answered: a status and, but for 204, a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** Executes one operation. Runs in a transaction of its own; refuses by throwing an `ApiError`. */
export type Handler<Name extends OperationName> = (
  request: ManagementRequest<Name>,
  context: TenantContext,
) => Answer;

/** The handlers of some operations, each typed by the path of its own. */
export const handlers = <Name extends OperationName>(table: { [N in Name]: Handler<N> }) => table;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };
