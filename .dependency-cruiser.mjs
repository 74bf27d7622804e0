// The directions in which folders may import. Each rule says why; docs/architecture.md shows the whole.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: [from, ...allowed] },
});

const npm = (...names) => names.map((name) => `^node_modules/${name}/`);
const model = "^src/model/";
const core = "^(node:)?(crypto|fs|module|path|process|url|os|util|vm)$";

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "two files that need each other are one idea in two places",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "an import has to lead somewhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    only("model-imports-nothing", "^src/model/", [], "everybody else agrees on words there"),
    only(
      "compile-without-engine",
      "^src/compile/",
      [model, ...npm("yaml", "zod"), core],
      "a review computes everything without an engine",
    ),
    only(
      "policy-runs-in-auth0",
      "^src/policy/",
      [model],
      "policies run in Auth0, which has neither our packages nor our disk",
    ),
    only(
      "bundle-directions",
      "^src/bundle/",
      [model, "^src/policy/", ...npm("esbuild", "acorn"), core],
      "bundles are built from flows and the model alone",
    ),
    only(
      "review-from-model",
      "^src/review/",
      [model],
      "what a review says is computed from the model alone, without a disk or an engine",
    ),
    only(
      "report-from-answers",
      "^src/report/",
      [model, "^src/review/", "^(node:)?util$"],
      "a report is data turned into text",
    ),
    only(
      "remote-asks-alone",
      "^src/remote/",
      [model, ...npm("zod"), "^(node:)?(child_process|url|stream/consumers)$"],
      "what is asked of a tenant is known before: the plan says it",
    ),
    only("plan-from-model", "^src/plan/", [model, "^(node:)?(crypto|zlib)$"], "a plan is data made of data"),
    only(
      "promotion-from-releases",
      "^src/promotion/",
      [model, "^src/(plan|lock|review|report)/", ...npm("zod")],
      "what may be promoted is known from two releases, without a disk or an engine",
    ),
    only("lock-from-model", "^src/lock/", [model, "^(node:)?crypto$"], "a lock is text made of data"),
    only(
      "declare-obeys",
      "^src/declare/",
      [
        model,
        ...npm("@pulumi/pulumi", "@pulumi/auth0", "@grpc/grpc-js"),
        "^(node:)?(child_process|url|stream/consumers)$",
      ],
      "declare obeys a plan, it does not make one",
    ),
    {
      name: "engine-in-declare-only",
      comment: "only the program and src/declare meet Pulumi",
      severity: "error",
      from: { path: "^(src|hooks|tenant)/", pathNot: "^src/declare/" },
      to: { path: "^node_modules/@pulumi/" },
    },
    {
      name: "cli-without-declare",
      comment: "what the command line says must not need an engine",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/declare/" },
    },
    {
      name: "nothing-imports-cli",
      comment: "the command line is an edge",
      severity: "error",
      from: { path: "^(src|tenant|toolchain|hooks)/", pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "tenant-apart",
      comment: "the tenant and the program meet over HTTP, else the stand-in would agree with our mistakes",
      severity: "error",
      from: { path: "^tenant/" },
      to: { path: "^(src|hooks|toolchain)/" },
    },
    {
      name: "tenant-started-at-the-edge",
      comment: "only the command line and tests start a tenant",
      severity: "error",
      from: { path: "^(src|hooks|toolchain)/", pathNot: "^src/cli/" },
      to: { path: "^tenant/" },
    },
    {
      name: "toolchain-apart",
      comment: "the toolchain knows nothing of what it runs",
      severity: "error",
      from: { path: "^toolchain/" },
      to: { path: "^(src|hooks|tenant)/" },
    },
    {
      name: "bench-from-outside",
      comment: "what is measured is the whole process, as people start it",
      severity: "error",
      from: { path: "^bench/" },
      to: { path: "^(src|hooks|tenant|toolchain)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
    builtInModules: { add: ["node:sqlite"] },
  },
};
