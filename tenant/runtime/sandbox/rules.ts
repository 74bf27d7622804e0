import type { Job, RuleGlobals } from "../protocol.ts";
import { unauthorizedError } from "./error-classes.ts";
import { callOnce, type Execution } from "./execution.ts";
import type { Realm } from "./realm.ts";

type RulesJob = Extract<Job, { kind: "rules" }>;

/**
 * Runs rules one after the other on one user and one context, and succeeds with both, and what they left in `global`, as JSON. All are compiled before
 * the first runs, as Auth0 joins them to one text: a syntax error in any of them fails the login.
 */
export async function runRules(job: RulesJob, realm: Realm, execution: Execution): Promise<void> {
  Object.assign(realm.globals, {
    auth0: createAuth0(job.globals),
    configuration: realm.parse(JSON.stringify(job.globals.configuration)),
    require: realm.require,
    UnauthorizedError: realm.evaluate(unauthorizedError, "UnauthorizedError"),
  });
  const compiled = job.rules.map((rule) => {
    execution.by = rule.name;
    return { name: rule.name, run: realm.evaluate(`(\n${rule.script}\n)`, `rule:${rule.name}`, -1) };
  });

  const own = new Set(Object.keys(realm.globals));
  for (const [name, value] of Object.entries(realm.parse(job.keptJson) as object))
    if (!own.has(name)) realm.globals[name] = value;

  let [user, context] = realm.parse(job.inputJson) as [unknown, unknown];
  for (const rule of compiled) {
    execution.by = rule.name;
    [user, context] = await callRule(rule.run, user, context, execution);
  }
  execution.by = undefined;
  execution.succeed(realm.stringify([user, context, leftIn(realm, own)]));
}

/** What rules have put into `global` and JSON can carry to the next execution. */
function leftIn({ globals, stringify, parse }: Realm, own: ReadonlySet<string>): Record<string, unknown> {
  const left: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(globals)) {
    if (own.has(name) || typeof value === "function") continue;
    try {
      left[name] = parse(stringify(value));
    } catch {
      // A cache may lose anything at any time; what JSON cannot say is lost.
    }
  }
  return left;
}

/** Settles when the rule calls back; what it throws or rejects with later reaches the process's handlers. */
function callRule(
  rule: unknown,
  user: unknown,
  context: unknown,
  execution: Execution,
): Promise<[unknown, unknown]> {
  return new Promise((resolve, reject) => {
    const callback = callOnce(execution, (error, nextUser = user, nextContext = context) => {
      if (error) reject(error);
      else resolve([nextUser, nextContext]);
    });
    try {
      // A rule's text is any expression; calling what is no function throws the TypeError that the caller sees.
      (rule as (...values: unknown[]) => unknown)(user, context, callback);
    } catch (error) {
      execution.fail(error);
    }
  });
}

/** The `auth0` global of rules: a token for `read:users update:users`, and the two calls that need no client. */
function createAuth0({ accessToken, domain, baseUrl }: RuleGlobals): object {
  const update = (field: string) => async (userId: string, metadata: unknown) => {
    const response = await fetch(`${baseUrl}/users/${encodeURIComponent(userId)}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ [field]: metadata }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw Object.assign(new Error(messageOf(answer)), { statusCode: response.status });
    return answer;
  };
  return {
    accessToken,
    domain,
    baseUrl,
    users: { updateAppMetadata: update("app_metadata"), updateUserMetadata: update("user_metadata") },
  };
}

function messageOf(answer: unknown): string {
  const message = typeof answer === "object" && answer !== null && "message" in answer ? answer.message : "";
  return String(message);
}
