import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { nearest } from "../model/nearest.ts";
import { Failure } from "./failure.ts";

/** The values of a command's options; no other arguments are taken. Throws a Failure that names what was meant. */
export function readOptions<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "positional") throw new Failure(`no argument "${token.value}" is known`);
    if (token.kind === "option" && !Object.hasOwn(options, token.name))
      throw new Failure(
        `no option "${token.rawName}" is known`,
        suggest(token.name, Object.keys(options), "--"),
      );
  }
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // What is left is an option with a value too many or too few; the first sentence says which.
    throw new Failure(String((error as Error).message).split(". ")[0] ?? "");
  }
}

/** The value that an option was given, as one of those it can have. Throws a Failure if it is none of them. */
export function choose<Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((each) => each === value);
  if (chosen === undefined) throw new Failure(`--${option} cannot be "${value}"`, suggest(value, choices));
  return chosen;
}

/** The way out after an unknown name on the command line: the one that was meant, else all there are. */
export function suggest(name: string, known: readonly string[], prefix = ""): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean "${prefix}${meant}"?`;
  return `known are ${known.map((each) => `${prefix}${each}`).join(", ")}`;
}
