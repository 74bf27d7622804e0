import type { ApiDeclaration } from "../../model/declarations.ts";
import { limits } from "../../model/limits.ts";
import type { StageValueName, Template } from "../../model/names.ts";
import { fillTemplate, type StageValues, stageValuesIn } from "../../model/stage.ts";
import type { Rule } from "../rule.ts";
import { valuesOfStack } from "../stack-values.ts";
import { placeOf } from "../wording.ts";

/** Two APIs never have one identifier, neither as written nor with the values of any stack. */
export const identifiersAreUnique: Rule = ({ declarations, stacks }, report) => {
  const reported = new Set<ApiDeclaration>();
  const check = (identifierOf: (api: ApiDeclaration) => string | undefined, where: string) => {
    const owners = new Map<string, ApiDeclaration>();
    for (const api of declarations.apis) {
      const identifier = identifierOf(api);
      if (identifier === undefined) continue;
      const owner = owners.get(identifier);
      if (!owner) owners.set(identifier, api);
      else if (!reported.has(api)) {
        reported.add(api);
        report(
          "duplicate-identifier",
          api.identifier.at,
          `API "${api.key}" has the identifier of API "${owner.key}" (${placeOf(owner.identifier.at)})${where}`,
          { related: [{ message: `identifier of API "${owner.key}"`, at: owner.identifier.at }] },
        );
      }
    }
  };
  check(({ identifier }) => identifier.value, "");
  for (const stack of stacks) {
    const values = valuesOfStack(stack, declarations.stageValues);
    check((api) => filled(api, values), ` in stack "${stack.stack}"`);
  }
};

/** The identifier with the values; undefined if one is missing, which is another rule's business. */
function filled({ identifier }: ApiDeclaration, values: StageValues): string | undefined {
  // as: a text is a template, and a name a stage value's, if a value is found for all of them
  const isComplete = stageValuesIn(identifier.value).every(({ name }) => values.has(name as StageValueName));
  return isComplete ? fillTemplate(identifier.value as Template, values) : undefined;
}

/** An API defines no more scopes than Auth0 takes. */
export const apisDefineFewEnoughScopes: Rule = ({ declarations }, report) => {
  for (const { key, scopes } of declarations.apis) {
    const tooMany = scopes[limits.scopesPerApi];
    if (tooMany)
      report(
        "limit-exceeded",
        tooMany.value.at,
        `API "${key}" defines ${scopes.length} scopes, Auth0 takes ${limits.scopesPerApi} at most`,
      );
  }
};
