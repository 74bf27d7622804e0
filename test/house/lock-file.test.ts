import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

it("the lock file holds every optional package: npm leaves out what it cannot reach, and `npm ci` then refuses the file", () => {
  const text = readFileSync(`${import.meta.dirname}/../../package-lock.json`, "utf8");
  const { packages } = JSON.parse(text) as LockFile; // npm's own file
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`${place}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
