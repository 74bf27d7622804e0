import type { Job } from "../protocol.ts";
import { createAuth0 } from "./auth0-global.ts";
import { unauthorizedError } from "./error-classes.ts";
import { callOnce, type Execution } from "./execution.ts";
import { legacyRequest } from "./legacy-request.ts";
import { createRequire, type PackageCode, type Require } from "./policy-require.ts";
import type { Realm } from "./realm.ts";
import { changesOf, lookAt } from "./rule-effects.ts";

type RulesJob = Extract<Job, { kind: "rules" }>;

/**
 * Runs rules one after the other on one user and one context, and succeeds with both, and what they left in `global`, as
 * JSON. All are compiled before the first runs, as Auth0 joins them to one text: a syntax error in any fails the login.
 */
export async function runRules(
  job: RulesJob,
  realm: Realm,
  execution: Execution,
  packages: PackageCode,
): Promise<void> {
  const request = once(() => realm.evaluate(legacyRequest, "request"));
  realm.define("request", request);
  Object.assign(realm.globals, {
    auth0: createAuth0(job.globals),
    configuration: realm.parse(JSON.stringify(job.globals.configuration)),
    UnauthorizedError: realm.evaluate(unauthorizedError, "UnauthorizedError"),
  });
  const compiled = job.rules.map((rule) => {
    execution.by = rule.name;
    const scope = realm.evaluate(
      `(function (require) { return (\n${rule.script}\n) })`,
      `rule:${rule.name}`,
      -1,
    );
    const require = createRequire(realm, packages, rule.packages, { request });
    return { name: rule.name, run: (scope as (require: Require) => unknown)(require) };
  });

  const own = new Set(Object.keys(realm.globals));
  for (const [name, value] of Object.entries(realm.parse(job.keptJson) as object))
    if (!own.has(name)) realm.globals[name] = value;

  let [user, context] = realm.parse(job.inputJson) as [unknown, unknown];
  for (const rule of compiled) {
    execution.begin(rule.name);
    const before = lookAt(realm, user, context);
    [user, context] = await callRule(rule.run, user, context, execution);
    for (const effect of changesOf(before, lookAt(realm, user, context))) execution.note(effect);
  }
  execution.succeed(realm.stringify([user, context, leftIn(realm, own)]));
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
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
