import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "./failure.ts";

/** The absolute path of the checkout that `--root` names, the working directory unless given. A Failure if it is none. */
export function checkoutAt(root = "."): string {
  const path = resolve(root);
  if (!existsSync(join(path, "Pulumi.yaml")))
    throw new Failure(`"${path}" holds no Pulumi.yaml`, "run this in a checkout, or name one with --root");
  return path;
}
