// Which files Rolebook reads, and what each of them declares.
export type SourceKind =
  | { readonly kind: "api" | "role" | "group" | "client"; readonly key: string }
  | { readonly kind: "guardrails" | "accepted-warnings" | "project" }
  | { readonly kind: "stack"; readonly stack: string };

/** Folders of rbac/ and what a file in them declares. */
export const kindOfFolder = { apis: "api", roles: "role", groups: "group", clients: "client" } as const;

type KindInFolder = (typeof kindOfFolder)[keyof typeof kindOfFolder];

const folderOfKind = { api: "apis", role: "roles", group: "groups", client: "clients" } as const;

/** The file that declares the thing with the key. */
export function pathOf(kind: KindInFolder, key: string): string {
  return `rbac/${folderOfKind[kind]}/${key}.yaml`;
}

/** The file that declares the stage values. */
export const projectFile = "Pulumi.yaml";

/** The file of the laws about access. */
export const guardrailsFile = "rbac/guardrails.yaml";

/** The file of the warnings that are switched off. */
export const acceptedWarningsFile = "rbac/accepted-warnings.yaml";

/** Files in rbac/ that are made, and not read as declarations. */
export const generatedFiles: readonly string[] = ["rbac/access.lock"];

/** What the file at the path declares; undefined if Rolebook reads no such file. */
export function kindOf(path: string): SourceKind | undefined {
  if (path === projectFile) return { kind: "project" };
  if (path === guardrailsFile) return { kind: "guardrails" };
  if (path === acceptedWarningsFile) return { kind: "accepted-warnings" };
  const [, stack] = /^Pulumi\.([^/]+)\.yaml$/.exec(path) ?? [];
  if (stack !== undefined) return { kind: "stack", stack };
  const [, folder, key] = /^rbac\/(apis|roles|groups|clients)\/([^/]+)\.yaml$/.exec(path) ?? [];
  if (key === undefined) return undefined;
  return { kind: kindOfFolder[folder as keyof typeof kindOfFolder], key }; // as: what the pattern takes
}
