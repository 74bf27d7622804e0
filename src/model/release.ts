import type { AccessModel } from "./access-model.ts";

/** Of the shape below. A program reads releases of its own format only. */
export const releaseFormat = 1;

/** What is promoted from stage to stage: everything that is the same in all of them, with `${…}` unfilled; nothing secret. */
export interface Release {
  readonly format: typeof releaseFormat;
  readonly model: AccessModel;
  /** Which policies run when, with which settings, and the hashes of their code in all lanes: the text of hooks/flows.lock. */
  readonly flows: string;
}
