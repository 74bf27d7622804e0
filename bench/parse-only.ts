// The yaml library alone on the files of rbac/ in the working directory: what a check is compared with.
import { globSync, readFileSync } from "node:fs";
import { parseDocument } from "yaml";

for (const path of globSync("rbac/**/*.yaml")) parseDocument(readFileSync(path, "utf8")).toJS();
