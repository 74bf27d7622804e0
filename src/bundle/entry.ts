// The few lines that esbuild starts from: the policies of a flow with their settings, handed to the lane's adapter.
import { join } from "node:path";
import type { AccessModel } from "../model/access-model.ts";
import type { FlowStep, SettingValue } from "../model/flows.ts";
import { managementOperations } from "../model/operations.ts";
import type { LaneForm } from "./lanes/lane.ts";
import { keyOf, sourceOf } from "./values.ts";

const runtime = join(import.meta.dirname, "runtime");

/** TypeScript that assigns the flow's function to `main`. Literal settings are in it; of roles, the name. */
export function entryOf(steps: readonly FlowStep[], { adapter }: LaneForm, model: AccessModel): string {
  const files = [...new Set(steps.map(({ file }) => file))];
  const operations = [...new Set(steps.flatMap(({ uses }) => uses))].sort();
  const table = operations.map((name) => {
    const { method, path, repeatable } = managementOperations[name];
    return `${JSON.stringify(name)}:${JSON.stringify([method, path, repeatable])}`;
  });
  const policies = steps.map(({ file, settings }) => {
    const entries = settings.map(({ name, value }) => `${JSON.stringify(name)}:${settingCode(value, model)}`);
    return `{policy:policy${files.indexOf(file)}.definition,settings:(value)=>({${entries}})}`;
  });
  return [
    importOf(`{${adapter.name} as adapt}`, join(runtime, adapter.file)),
    ...(table.length > 0 ? [importOf("{managementApi}", join(runtime, "management.ts"))] : []),
    ...files.map((file, index) => importOf(`policy${index}`, `./${file}`)),
    `main=adapt({policies:[${policies}]${table.length > 0 ? `,connect:managementApi({${table}})` : ""}});`,
  ].join("\n");
}

function importOf(names: string, from: string): string {
  return `import ${names} from ${JSON.stringify(from)};`;
}

function settingCode(value: SettingValue, model: AccessModel): string {
  const source = sourceOf(value);
  if (!source) return JSON.stringify(value.kind === "literal" ? value.value : undefined);
  const read = `value(${JSON.stringify(keyOf(source))})`;
  return source.kind === "role-id"
    ? `{id:${read},name:${JSON.stringify(roleName(source.role, model))}}`
    : read;
}

function roleName(key: string, { roles }: AccessModel): string {
  const role = roles.find((each) => each.key === key);
  if (!role) throw new Error(`role "${key}" is not in the access model`);
  return role.name;
}
