// The files that each policy is made of: a helper that two policies import belongs to both.
import type { CallExpression } from "acorn";
import type { PolicyDefinition } from "../../policy/policy.ts";
import { propertyOf } from "../safety/uses.ts";
import type { PolicyFiles } from "./definitions.ts";
import type { Module } from "./modules.ts";

/** A policy with the file that defines it, and all files that it is made of, its own included. */
export interface PolicyCode {
  readonly definition: PolicyDefinition;
  readonly own: Module;
  readonly files: readonly Module[];
}

/** The policies in the order of their files. */
export function policyCode(policies: PolicyFiles, modules: readonly Module[]): readonly PolicyCode[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  return [...policies].flatMap(([definition, file]) => {
    const files = new Set<Module>();
    const add = (path: string) => {
      const module = byFile.get(path);
      if (!module || files.has(module)) return;
      files.add(module);
      for (const each of module.imports) add(each);
    };
    add(file);
    const own = byFile.get(file);
    return own ? { definition, own, files: [...files] } : [];
  });
}

/** A file with the policies that are made of it. */
export interface SharedFile {
  readonly module: Module;
  readonly definitions: readonly PolicyDefinition[];
}

/** All files of the policies, each once. */
export function sharedFiles(policies: readonly PolicyCode[]): readonly SharedFile[] {
  const modules = new Set(policies.flatMap(({ files }) => files));
  return [...modules].map((module) => ({
    module,
    definitions: policies.flatMap(({ definition, files }) => (files.includes(module) ? definition : [])),
  }));
}

/** Calls of what policies are given under that name, such as `management("users.get", …)`. */
export function callsOf(name: string, { uses }: Module): readonly CallExpression[] {
  return uses.nodes.flatMap((node) => {
    if (node.type !== "CallExpression") return [];
    const { callee } = node;
    return (callee.type === "Identifier" ? callee.name : propertyOf(callee)) === name ? node : [];
  });
}
