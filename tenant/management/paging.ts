import { z } from "zod";
import type { Stretch } from "../collection.ts";
import { badRequest } from "./errors.ts";
import type { Query } from "./request.ts";
import { parseQuery } from "./validation.ts";

/** A list that can be read in parts. */
export interface Listing<T> {
  items(offset: number, limit: number): readonly T[];
  total(): number;
}

/** The listing of what is already at hand. */
export const listed = <T>(all: readonly T[]): Listing<T> => ({
  items: (offset, limit) => all.slice(offset, offset + limit),
  total: () => all.length,
});

const wholeNumber = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

const pageQuery = z.object({
  page: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  per_page: wholeNumber(1, 100).default(50),
});
const checkpointQuery = z.object({ take: wholeNumber(1, 100).default(50), from: z.string().optional() });

/**
 * The page that the query asks for: with totals `{ <plural>, start, limit, total }` and what `more` adds, else a bare
 * array.
 */
export function page<T>(
  query: Query,
  plural: string,
  listing: Listing<T>,
  more: (items: readonly T[]) => object = () => ({}),
) {
  const { page, per_page: limit } = parseQuery(pageQuery, query);
  const start = page * limit;
  const items = listing.items(start, limit);
  if (query.include_totals !== "true") return items;
  return { [plural]: items, start, limit, total: listing.total(), ...more(items) };
}

/** Auth0 shows no more than so many items of a long list by pages. */
const REACHABLE = 1000;

/** Refuses a page of users behind the first 1,000, as Auth0's search does: 400 `invalid_paging`. */
export function refuseBeyondSearch(query: Query): void {
  if (endOf(query) > REACHABLE)
    throw badRequest(
      "You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation",
      "invalid_paging",
    );
}

/** Refuses a page behind the first 1,000 items of a list that can be read by checkpoints: 400. */
export function refuseBeyondPages(query: Query): void {
  if (endOf(query) > REACHABLE)
    throw badRequest(
      `Requesting page ${query.page} exceeds the allowed maximum of ${REACHABLE} records. To fetch results beyond ${REACHABLE}, use the checkpoint pagination method.`,
    );
}

function endOf(query: Query): number {
  const { page, per_page } = parseQuery(pageQuery, query);
  return (page + 1) * per_page;
}

/** Whether the query asks for checkpoints, which win over pages. */
export const wantsCheckpoint = (query: Query) => query.take !== undefined || query.from !== undefined;

/** The items after a checkpoint: `{ <plural>, next }`, `next` being absent on the last page. */
export function checkpoint<T>(
  query: Query,
  plural: string,
  stretch: (take: number, after: number) => Stretch<T>,
) {
  const { take, from } = parseQuery(checkpointQuery, query);
  const { items, next } = stretch(take, from === undefined ? 0 : readCheckpoint(from));
  return { [plural]: items, ...(next !== undefined && { next: writeCheckpoint(next) }) };
}

const writeCheckpoint = (position: number) => Buffer.from(`after:${position}`).toString("base64url");

function readCheckpoint(token: string): number {
  const position = /^after:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (position === undefined)
    throw badRequest(
      "Query validation error: 'The checkpoint is invalid' on property from.",
      "invalid_query_string",
    );
  return Number(position);
}

/**
 * The third envelope, of actions and bindings: fields that are zero are left out, and an empty page has no `total`
 * even if the total is not zero. The provider's SDK pages until it meets a page without one.
 */
export function actionPage<T>(query: Query, plural: string, listing: Listing<T>, defaultLimit = 50) {
  const { page, per_page: limit } = parseQuery(pageQuery, { per_page: defaultLimit, ...query });
  const items = listing.items(page * limit, limit);
  return {
    [plural]: items,
    ...(items.length > 0 && { total: listing.total() }),
    ...(page > 0 && { page }),
    per_page: limit,
  };
}

/** Only the fields that `fields` names, or all but those with `include_fields=false`; `always` are kept anyhow. */
export function selectFields<T extends object>(
  query: Query,
  entity: T,
  always: readonly string[] = [],
): Partial<T> {
  if (!query.fields) return entity;
  const named = new Set(query.fields.split(","));
  const include = query.include_fields !== "false";
  const kept = Object.entries(entity).filter(([key]) => named.has(key) === include || always.includes(key));
  return Object.fromEntries(kept) as Partial<T>; // a selection of the entity's own entries
}
