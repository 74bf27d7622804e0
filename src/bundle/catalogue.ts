import type { Declarations } from "../model/declarations.ts";
import { compareText } from "../model/diagnostic.ts";
import { stackSettings } from "../model/stage.ts";

/**
 * The text of hooks/catalogue.ts: keys and names of all that is declared, as types that `#policy` checks policies and
 * flows against. Sorted; the same declarations give the same bytes.
 */
export function renderCatalogue({ apis, roles, clients, stageValues }: Declarations): string {
  const ownValues = stageValues.filter(({ name }) => !stackSettings.some((each) => each === name));
  const members = [
    union("client", keysOf(clients)),
    union("role", keysOf(roles)),
    "scope: {",
    ...apis.map(({ key, scopes }) => `  ${union(key, values(scopes), "  ")}`),
    "};",
    union("secret", namesOf(ownValues.filter(({ secret }) => secret))),
    union("stage", namesOf(ownValues.filter(({ secret }) => !secret))),
  ];
  return `// Made by "npm run generate" of rbac/ and Pulumi.yaml: what policies and flows may name.
declare module "#policy" {
  interface Catalogue {
    ${members.join("\n    ")}
  }
}

export {};
`;
}

const lineWidth = 110;
const indentation = "    ";

/** A property whose type is one of the texts; in the formatter's form, one to a line if they fill more than one. */
function union(name: string, texts: readonly string[], inner = ""): string {
  const property = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const types = [...texts].sort(compareText).map((text) => JSON.stringify(text));
  const line = `${property}: ${types.join(" | ") || "never"};`;
  if (indentation.length + inner.length + line.length <= lineWidth) return line;
  return `${property}:${types.map((type) => `\n${indentation}${inner}  | ${type}`).join("")};`;
}

function keysOf(declared: readonly { readonly key: string }[]): readonly string[] {
  return declared.map(({ key }) => key);
}

function namesOf(declared: readonly { readonly name: string }[]): readonly string[] {
  return declared.map(({ name }) => name);
}

function values(scopes: Declarations["apis"][number]["scopes"]): readonly string[] {
  return scopes.map(({ value }) => value.value);
}
