// Which files Rolebook reads, and what each of them declares.
export type SourceKind =
  | { readonly kind: "api" | "role" | "client"; readonly key: string }
  | { readonly kind: "project" }
  | { readonly kind: "stack"; readonly stack: string };

/** Folders of rbac/ and what a file in them declares. */
export const kindOfFolder = { apis: "api", roles: "role", clients: "client" } as const;

/** The file that declares an API or a role. */
export function pathOf(kind: "api" | "role", key: string): string {
  return `rbac/${kind === "api" ? "apis" : "roles"}/${key}.yaml`;
}

/** The file that declares the stage values. */
export const projectFile = "Pulumi.yaml";

/** What the file at the path declares; undefined if Rolebook reads no such file. */
export function kindOf(path: string): SourceKind | undefined {
  if (path === projectFile) return { kind: "project" };
  const [, stack] = /^Pulumi\.([^/]+)\.yaml$/.exec(path) ?? [];
  if (stack !== undefined) return { kind: "stack", stack };
  const [, folder, key] = /^rbac\/(apis|roles|clients)\/([^/]+)\.yaml$/.exec(path) ?? [];
  if (key === undefined) return undefined;
  return { kind: kindOfFolder[folder as keyof typeof kindOfFolder], key }; // as: what the pattern takes
}
