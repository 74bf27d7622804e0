// The few lines that esbuild starts from: the policies of a flow with their settings, handed to the lane's adapter.
import { join } from "node:path";
import type { AccessModel } from "../model/access-model.ts";
import type { ValueSource } from "../model/bundles.ts";
import { type FlowStep, isSwitchedOff, type SettingValue } from "../model/flows.ts";
import { managementOperations } from "../model/operations.ts";
import type { LaneForm } from "./lanes/lane.ts";
import { stepOptions } from "./load/settings.ts";
import { assignableRole, roleName, tableCode } from "./tables.ts";
import { keyOf, sourceOf } from "./values.ts";

const runtime = join(import.meta.dirname, "runtime");

/**
 * TypeScript that assigns the flow's function to `main`. Literal settings and tables are in it; of roles, the name. Tools
 * that no policy uses are left out. With `isWatched` the code tells on the console what each policy comes to.
 */
export function entryOf(
  steps: readonly FlowStep[],
  { adapter }: LaneForm,
  model: AccessModel,
  isWatched: boolean,
): string {
  const files = [...new Set(steps.map(({ file }) => file))];
  const policies = steps.flatMap((step) => {
    const code = policyCode(step, `policy${files.indexOf(step.file)}`, model);
    return code === undefined ? [] : [code];
  });
  const tools = toolsOf(steps);
  return [
    importOf(`{${adapter.name} as adapt}`, join(runtime, adapter.file)),
    ...tools.map(({ name, file }) => importOf(`{${name}}`, join(runtime, file))),
    ...(isWatched ? [importOf("{watch}", join(runtime, "watch.ts"))] : []),
    ...files.map((file, index) => importOf(`policy${index}`, `./${file}`)),
    `main=adapt({policies:[${policies}],tools:[${tools.map(({ code }) => code)}]${isWatched ? ",watch" : ""}});`,
  ].join("\n");
}

/** A policy with its settings; undefined if it is switched off in every stage. */
function policyCode(step: FlowStep, imported: string, model: AccessModel): string | undefined {
  if (isSwitchedOff(step)) return undefined;
  const { settings } = step;
  const given = (option: string) => settings.find(({ name }) => name === option)?.value;
  const enabled = given("enabled");
  const own = settings.filter(({ name }) => !Object.hasOwn(stepOptions, name));
  const entries = own.map(({ name, value }) => `${JSON.stringify(name)}:${settingCode(value, model)}`);
  const onError = given("onError");
  const parts = [
    `policy:${imported}.definition`,
    `settings:(value)=>({${entries}})`,
    ...(enabled?.kind === "stage" ? [`enabled:(value)=>${settingCode(enabled, model)}`] : []),
    ...(onError ? [`onError:${settingCode(onError, model)}`] : []),
  ];
  return `{${parts}}`;
}

interface UsedTool {
  readonly name: string;
  readonly file: string;
  readonly code: string;
}

function toolsOf(steps: readonly FlowStep[]): readonly UsedTool[] {
  const operations = [...new Set(steps.flatMap(({ uses }) => uses))].sort();
  const table = operations.map((name) => {
    const { method, path, repeatable } = managementOperations[name];
    return `${JSON.stringify(name)}:${JSON.stringify([method, path, repeatable])}`;
  });
  const tools: readonly (UsedTool & { readonly used: boolean })[] = [
    {
      name: "managementApi",
      file: "management.ts",
      code: `managementApi({${table}})`,
      used: table.length > 0,
    },
    {
      name: "otherHosts",
      file: "other-hosts.ts",
      code: "otherHosts",
      used: steps.some(({ hosts, callsUrls }) => hosts.length > 0 || callsUrls),
    },
    {
      name: "dataTool",
      file: "../../policy/data.ts",
      code: "()=>dataTool",
      used: steps.some(({ provides, needs, wants }) => provides.length + needs.length + wants.length > 0),
    },
  ];
  return tools.filter(({ used }) => used);
}

function importOf(names: string, from: string): string {
  return `import ${names} from ${JSON.stringify(from)};`;
}

const readCode = (source: ValueSource) => `value(${JSON.stringify(keyOf(source))})`;

function settingCode(value: SettingValue, model: AccessModel): string {
  switch (value.kind) {
    case "literal":
      return String(JSON.stringify(value.value));
    case "role":
      return assignableRole(value.role, model, readCode);
    case "role-names":
      return JSON.stringify(value.roles.map((key) => roleName(key, model)));
    case "table":
      return tableCode(value.table, model, readCode);
    case "stage":
    case "secret":
      return readCode(sourceOf(value));
  }
}
