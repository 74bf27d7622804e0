import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { Estate } from "../../estate.ts";
import { fillTemplate } from "../../model/stage.ts";
import { jsonText } from "../../report/json-text.ts";
import { checkoutAt } from "../checkout.ts";
import { devStackOf } from "../dev-stack.ts";
import { explain } from "../explain/explain.ts";
import { knownHere } from "../explain/known-here.ts";
import { readToken, tokenIn } from "../explain/read-token.ts";
import { explanationText } from "../explain/text.ts";
import { Failure } from "../failure.ts";
import { choose, readOptions } from "../options.ts";
import { soundEstate } from "../sound-estate.ts";
import { stageNamed } from "../stages.ts";

const options = {
  stack: { type: "string" },
  root: { type: "string" },
  format: { type: "string", default: "text" },
} as const;

/**
 * Says of each claim of a token who makes it, and of what is missing why. 0 if all is as it should be, 1 if something is to
 * be looked at, 2 if the token cannot be read. The token itself is never shown.
 */
export async function explainToken(args: readonly string[]): Promise<number> {
  // A lone dash is an argument to Node's parser, too.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given = tokens.find((token) => token.kind === "positional");
  const { stack, root, format } = readOptions(
    args.filter((_, index) => index !== given?.index),
    options,
  );
  const form = choose("format", format, ["text", "json"]);
  if (!given)
    throw new Failure("no token is given", "pass it on standard input: rolebook explain-token - < token.txt");
  const token = tokenIn(given.value === "-" ? await text(process.stdin) : given.value);
  const estate = soundEstate(root);
  const wanted = stack === undefined ? undefined : stageNamed(stack, estate);
  const read = readToken(token);
  if (read.kind === "malformed") throw new Failure(`this is no token: ${read.message}`);
  if (read.kind === "opaque") throw opaqueToken(estate, stack ?? "dev");

  const checkout = checkoutAt(root);
  const known = await knownHere(token, read.payload, devStackOf(checkout).tenant);
  const explanation = await explain(read.payload, { root: checkout, estate, wanted, known, now: Date.now() });
  process.stdout.write(
    form === "json" ? jsonText({ version: 1, ...explanation }) : explanationText(explanation),
  );
  return explanation.findings.length > 0 ? 1 : 0;
}

function opaqueToken(estate: Estate, stack: string): Failure {
  const stage = stageNamed(stack, estate);
  const identifiers = estate.model.apis.map(({ identifier }) => fillTemplate(identifier, stage.values));
  return new Failure(
    "this is an opaque token: nobody but Auth0 can look into it, and it is good for /userinfo only",
    `Auth0 gives one where the login named no API; send "audience" to /authorize for a JWT: ${identifiers.join(", ")}`,
  );
}
