// What the commands have in common that answer a question about the checkout: `rolebook who-can`, `rolebook what-can`.
import { parseArgs } from "node:util";
import type { Estate } from "../estate.ts";
import { nearest } from "../model/nearest.ts";
import { Failure } from "./failure.ts";
import { choose, readOptions } from "./options.ts";
import { soundEstate } from "./sound-estate.ts";

/** What is asked about, of which estate, and the form of the answer. */
interface Question {
  readonly subject: string;
  readonly estate: Estate;
  readonly format: "text" | "json";
}

const options = { format: { type: "string" }, root: { type: "string" } } as const;

/** The question that the arguments ask. A Failure that says what is to be given, if there is nothing to ask about. */
export function readQuestion(args: readonly string[], toGive: string): Question {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const subject = tokens.find((token) => token.kind === "positional");
  const { format = "text", root } = readOptions(
    args.filter((_, index) => index !== subject?.index),
    options,
  );
  if (!subject) throw new Failure("nothing is asked about", `give ${toGive}`);
  return {
    subject: subject.value,
    estate: soundEstate(root),
    format: choose("format", format, ["text", "json"]),
  };
}

/** The failure to find what a question is about, with what was most likely meant, else with where to look. */
export function unknownSubject(
  fact: string,
  subject: string,
  known: readonly string[],
  whereToLook: string,
): Failure {
  const meant = nearest(subject, known);
  return new Failure(fact, meant === undefined ? whereToLook : `did you mean "${meant}"?`);
}
