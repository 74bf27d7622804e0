import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTenant } from "../../../tenant/index.ts";
import { readEstate } from "../../estate.ts";
import { hasErrors } from "../../model/diagnostic.ts";
import { extensibilities } from "../../model/flows.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { engineEnvironment, trustAuthority } from "../dev-stack.ts";
import { getToolchain } from "../engine.ts";
import { Failure } from "../failure.ts";
import { interruptSignal } from "../interrupt.ts";
import { readOptions } from "../options.ts";
import { standardPage } from "../page.ts";
import { stageFile } from "../tour/stage-file.ts";
import { showTour } from "../tour/steps.ts";

/**
 * Shows the whole way on a tenant of its own that ends with it: `pulumi up` twice, a sign-up, a social login, tokens, a
 * refused call. Leaves nothing running and nothing behind.
 */
export async function tour(args: readonly string[]): Promise<number> {
  const { lane } = readOptions(args, { lane: { type: "string", default: "rules-and-hooks" } });
  const extensibility = extensibilities.find((each) => each === lane);
  if (!extensibility) throw new Failure(`--lane takes ${extensibilities.join(" or ")}, found "${lane}"`);
  const cwd = process.cwd();
  const estate = readEstate(cwd);
  if (hasErrors(estate.diagnostics)) {
    process.stdout.write(`${formatDiagnostics(estate.diagnostics, estate.sources, { color: false })}\n`);
    return 1;
  }
  const { signal, release } = interruptSignal();
  const directory = mkdtempSync(join(tmpdir(), "rolebook-tour-"));
  try {
    const toolchain = await getToolchain(signal);
    const tenant = await createTenant();
    try {
      trustAuthority(tenant.ca.pem);
      const backend = join(directory, "state");
      mkdirSync(backend);
      const configFile = join(directory, "Pulumi.dev.yaml");
      const devStack = readFileSync(join(cwd, "Pulumi.dev.yaml"), "utf8");
      writeFileSync(configFile, stageFile(devStack, tenant.domain, extensibility));
      const env = {
        ...process.env,
        ...engineEnvironment(backend, { deployer: tenant.deployer, ca: tenant.ca.path }),
      };
      await showTour({
        page: standardPage(),
        toolchain,
        tenant,
        cwd,
        estate,
        backend,
        configFile,
        env,
        signal,
        extensibility,
      });
      return 0;
    } finally {
      await tenant.close();
    }
  } finally {
    release();
    rmSync(directory, { recursive: true, force: true });
  }
}
