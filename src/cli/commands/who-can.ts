import { whoCanJson } from "../../report/answers/json.ts";
import { whoCanText } from "../../report/answers/who-can-text.ts";
import { askablePermissions, whoCan as findHolders } from "../../review/index.ts";
import { readQuestion, unknownSubject } from "../question.ts";

/** Shows who has a permission, and the lines that give it. 0 also if nobody has it, 2 if there is no such permission. */
export async function whoCan(args: readonly string[]): Promise<number> {
  const { subject, format, estate } = readQuestion(
    args,
    'a permission, such as "read:orders", "orders/read:orders" or "*:orders"',
  );
  const { model, declarations } = estate;
  const permissions = findHolders(subject, model, declarations);
  if (permissions.length === 0)
    throw unknownSubject(
      `no API defines "${subject}"`,
      subject,
      askablePermissions(model, declarations),
      'run "rolebook matrix" to see what there is',
    );
  process.stdout.write(format === "json" ? whoCanJson(permissions) : whoCanText(permissions));
  return 0;
}
