// The stacks of a checkout as their files have them: what `declare` asks the engine for, without one.
import { parse } from "yaml";
import { z } from "zod";
import { valuesOfStack } from "../compile/index.ts";
import type { Estate } from "../estate.ts";
import { extensibilities } from "../model/flows.ts";
import type { StageValueName } from "../model/names.ts";
import type { Stage } from "../model/plan.ts";
import { Failure } from "./failure.ts";
import { suggest } from "./options.ts";

/** A stack, and what its file decides. Empty for a stack that is bound to no tenant yet is `tenantDomain`. */
export interface NamedStage extends Stage {
  readonly stack: string;
}

const stackFile = z.looseObject({
  config: z.looseObject({ "auth0:domain": z.string().optional() }).nullish(),
});

/** All stacks of a checkout without errors, sorted by name. */
export function stagesOf({ declarations, sources }: Estate): readonly NamedStage[] {
  return declarations.stacks.map((declared) => {
    const { stack } = declared;
    const values = valuesOfStack(declared, declarations.stageValues);
    const text = sources.find(({ path }) => path === `Pulumi.${stack}.yaml`)?.text ?? "";
    const extensibility = values.get("extensibility" as StageValueName); // as: a key of `config:` like any other
    return {
      stack,
      values,
      tenantDomain: stackFile.safeParse(parse(text) ?? {}).data?.config?.["auth0:domain"] ?? "",
      extensibility: extensibilities.find((each) => each === extensibility) ?? "actions",
      protect: values.get("protect" as StageValueName) !== "false",
    };
  });
}

/** The stack of that name. A Failure with the one that was meant, if there is none. */
export function stageNamed(stack: string, estate: Estate): NamedStage {
  const stages = stagesOf(estate);
  const found = stages.find((each) => each.stack === stack);
  if (found) return found;
  throw new Failure(
    `there is no stack file Pulumi.${stack}.yaml`,
    suggest(
      stack,
      stages.map((each) => each.stack),
    ),
  );
}
