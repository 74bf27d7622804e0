import type { AccessModel } from "./access-model.ts";

/**
 * Of the shape below. A program reads releases of its own format only: it goes up whenever the access model or the lock of the
 * flows gets another shape, else a program would take an older stack's release for one of its own.
 */
export const releaseFormat = 1;

/** What is promoted from stage to stage: everything that is the same in all of them, with `${…}` unfilled; nothing secret. */
export interface Release {
  readonly format: typeof releaseFormat;
  readonly model: AccessModel;
  /** Which policies run when, with which settings, and the hashes of their code in all lanes: the text of hooks/flows.lock. */
  readonly flows: string;
}
