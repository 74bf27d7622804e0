import { whatCanJson } from "../../report/answers/json.ts";
import { whatCanText } from "../../report/answers/what-can-text.ts";
import { whatCan as findPermissions, holderKeys } from "../../review/index.ts";
import { readQuestion, unknownSubject } from "../question.ts";

/** Shows what a role, a group or a client has, and the lines that give it. 2 if there is none with that key. */
export async function whatCan(args: readonly string[]): Promise<number> {
  const { subject, format, estate } = readQuestion(args, "the key of a role, a group or a client");
  const { model, declarations } = estate;
  const answers = findPermissions(subject, model, declarations);
  if (answers.length === 0)
    throw unknownSubject(
      `no role, group or client has the key "${subject}"`,
      subject,
      holderKeys(declarations),
      "keys are the names of the files in rbac/roles/, rbac/groups/ and rbac/clients/",
    );
  process.stdout.write(format === "json" ? whatCanJson(answers) : whatCanText(answers));
  return 0;
}
