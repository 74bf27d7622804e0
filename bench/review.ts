// How long `rolebook review` takes between two commits, on estates of all sizes and for changes small and large.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withCheckout } from "./checkout.ts";
import { type EstateSize, makeEstate, sizes } from "./estate.ts";
import { type Measured, measure } from "./measure.ts";

/** What was measured on one estate. */
export interface ReviewedEstate {
  readonly size: EstateSize;
  /** One role, which others include, has a permission less. */
  readonly oneRole: Measured;
  /** Every file of rbac/ is that of another seed. */
  readonly everything: Measured;
  /** `git diff` of the same small change: what a process costs that reads no YAML. */
  readonly gitDiff: number;
}

const main = "src/cli/rolebook.js";

/** Measures all sizes; each process runs `runs` times, and once before to fill caches. */
export function benchmarkReview(seed: number, runs: number): readonly ReviewedEstate[] {
  return sizes.map((size) => {
    const { files } = makeEstate(size, seed);
    const others = [...makeEstate(size, seed + 1).files];
    const oneRole = [...files]
      .filter(([path]) => path.startsWith("rbac/roles/"))
      .slice(0, 1)
      .map(([path, text]) => [path, text.replace(/\n +- .*\n$/, "\n")] as const);
    return withCheckout(files, (directory) => {
      measure([main, "generate"], directory, 0);
      git(directory, "init", "--quiet", "--template=");
      commit(directory, "base");
      const between = (name: string, changed: readonly (readonly [string, string])[]) => {
        for (const [path, text] of changed) {
          mkdirSync(dirname(join(directory, path)), { recursive: true });
          writeFileSync(join(directory, path), text);
        }
        commit(directory, name);
        return measure(
          [main, "review", "--base", "base", "--head", name, "--format", "markdown"],
          directory,
          runs,
        );
      };
      const small = between("one-role", oneRole);
      const start = performance.now();
      git(directory, "diff", "--stat", "base", "one-role");
      const gitDiff = performance.now() - start;
      return { size, oneRole: small, everything: between("everything", others), gitDiff };
    });
  });
}

/** Commits what a review reads, under a tag. */
function commit(directory: string, tag: string): void {
  git(directory, "add", "rbac", "hooks", "Pulumi.yaml");
  const nobody = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"];
  git(directory, ...nobody, "commit", "--quiet", "--message", tag);
  git(directory, "tag", tag);
}

function git(cwd: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("git", args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
}
