#!/usr/bin/env node
// The one file of JavaScript: what is loaded before Node's compile cache is on is compiled anew by every process, and for
// TypeScript that alone takes longer than most commands.
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("./main.ts");
