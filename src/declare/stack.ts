// What the engine says of the stack: the only place configuration is read.
import * as pulumi from "@pulumi/pulumi";
import type { StackDeclaration, StackValue } from "../model/declarations.ts";
import type { SignInSettings } from "../model/deployment.ts";
import { extensibilities } from "../model/flows.ts";
import type { StageValueName } from "../model/names.ts";
import type { Stage } from "../model/plan.ts";
import { startOf } from "../model/source.ts";
import type { PlainValue, StageValueDeclaration } from "../model/stage.ts";

/**
 * The values the engine has for the stack, in the form of a stack file, so that they are checked like one. The engine
 * has put in defaults and refused wrong types already; texts of numbers and booleans become what is declared.
 */
export function readStack(declared: readonly StageValueDeclaration[]): StackDeclaration {
  const stack = pulumi.getStack();
  const at = startOf(`Pulumi.${stack}.yaml`);
  const prefix = `${pulumi.getProject()}:`;
  const values = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]): StackValue => {
      const name = key.slice(prefix.length) as StageValueName; // declared or not: the checks tell
      const declaration = declared.find((each) => each.name === name);
      if (declaration?.secret) return { name, value: "secure", at };
      return { name, value: { value: typed(text, declaration), at }, at };
    });
  return { stack, at, values };
}

function typed(text: string, declaration: StageValueDeclaration | undefined): PlainValue {
  switch (declaration?.type) {
    case "integer":
      return Number(text);
    case "boolean":
      return text === "true";
    default:
      return text;
  }
}

/** Another stack of this project: as it is written in the stack's file, and as every backend takes it. */
export interface OtherStack {
  readonly name: string;
  /** `organization/project/stack`. */
  readonly fullName: string;
}

/**
 * The stack that this one gets its releases from; undefined if there is none. Throws a RunError that says what to set, if it
 * cannot be one.
 */
export function readPromotion(): OtherStack | undefined {
  const name = new pulumi.Config().get("promotesFrom") ?? "none";
  if (name === "none") return undefined;
  const [, organization, project, stack] = /^(?:([\w.-]+)\/(?:([\w.-]+)\/)?)?([\w.-]+)$/.exec(name) ?? [];
  const other = fullNameOf(stack ?? "", organization);
  const isOwnProject = (project ?? pulumi.getProject()) === pulumi.getProject();
  const isUsable = stack && isOwnProject && other !== fullNameOf(pulumi.getStack());
  if (isUsable) return { name, fullName: other };
  throw new pulumi.RunError(
    `configuration "${pulumi.getProject()}:promotesFrom" takes another stack of the project "${pulumi.getProject()}", such as staging or organization/staging, or none; found "${name}"`,
  );
}

/** What every backend takes as the name of a stack of this project. */
function fullNameOf(stack: string, organization = pulumi.getOrganization()): string {
  return `${organization}/${pulumi.getProject()}/${stack}`;
}

/** How the stack's configuration has the provider sign in. Holds secrets in clear. */
export function readSignIn(): SignInSettings {
  const read = (name: string) => pulumi.runtime.getConfig(`auth0:${name}`);
  return {
    clientId: read("clientId"),
    clientSecret: read("clientSecret"),
    apiToken: read("apiToken"),
    audience: read("audience"),
  };
}

/** What the stack decides for the plan. Throws a RunError that says what to set, if the stack names no tenant. */
export function readStage(declared: readonly StageValueDeclaration[]): Stage {
  const { values } = readStack(declared);
  const tenantDomain = new pulumi.Config("auth0").get("domain");
  if (!tenantDomain)
    throw new pulumi.RunError(
      'configuration "auth0:domain" is not set; run "pulumi config set auth0:domain <domain>" to bind the stack to its tenant',
    );
  if (/[/@]/.test(tenantDomain))
    throw new pulumi.RunError(
      `configuration "auth0:domain" takes a host such as example.eu.auth0.com, found "${tenantDomain}"; run "pulumi config set auth0:domain <domain>"`,
    );
  const config = new pulumi.Config();
  const extensibility = config.get("extensibility");
  return {
    values: new Map(
      values.flatMap(({ name, value }) => (value === "secure" ? [] : [[name, String(value.value)] as const])),
    ),
    tenantDomain,
    extensibility: extensibilities.find((each) => each === extensibility) ?? "actions",
    protect: config.getBoolean("protect") ?? true,
  };
}
