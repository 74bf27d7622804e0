import { parse } from "acorn";
import { ecmaVersion, type LaneForm } from "./lane.ts";

/**
 * A rule: one function expression, with no semicolon after it, since Auth0 puts it into a larger expression.
 * Auth0 docs: customize/rules, as of their withdrawal.
 */
export const ruleForm: LaneForm = {
  lane: "rule",
  adapter: { file: "login-rule.ts", name: "loginRule" },
  banner: 'function rolebook(user,context,callback){"use strict";var main;(()=>{',
  footer: "})();main(user,context,callback)}",
  maxValues: Number.POSITIVE_INFINITY,
  fault,
};

function fault(code: string): string | undefined {
  try {
    const { body } = parse(`(${code}\n)`, { ecmaVersion, sourceType: "script" });
    const [statement] = body;
    const expression = statement?.type === "ExpressionStatement" ? statement.expression : undefined;
    const isRule = expression?.type === "FunctionExpression" && expression.params.length === 3;
    return isRule && body.length === 1 ? undefined : "a rule is one function of user, context and callback";
  } catch (error) {
    return (error as SyntaxError).message; // acorn throws nothing else
  }
}
