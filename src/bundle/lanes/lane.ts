import { parse } from "acorn";
import type { Lane } from "../../model/flows.ts";

/**
 * How Auth0 calls the code of a lane. The text between banner and footer assigns to `main` the function that the lane's
 * adapter makes; it stands in a function of its own, so that no name in it can hide a parameter.
 */
export interface LaneForm {
  readonly lane: Lane;
  /** File in runtime/ that makes a program into what Auth0 calls, and the function in it that does. */
  readonly adapter: { readonly file: string; readonly name: string };
  readonly banner: string;
  readonly footer: string;
  /** Auth0 keeps no more values than this for one piece of code. */
  readonly maxValues: number;
  /** Says why Auth0 could not take the code; undefined if it can. */
  readonly fault: (code: string) => string | undefined;
}

/** Banner and footer of a CommonJS module that sets `target` to what the bundle assigns to `main`. */
export const moduleOf = (target: string) => ({
  banner: `${target}=(()=>{"use strict";var main;`,
  footer: "return main})();",
});

/** Runtimes of Auth0 are Node 18 and 22; bundles are for the older. */
export const ecmaVersion = 2023;

/** A fault if the code is no script. */
export function scriptFault(code: string): string | undefined {
  try {
    parse(code, { ecmaVersion, sourceType: "script" });
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message; // acorn throws nothing else
  }
}
