// The program `pulumi up` runs: what the checkout declares, planned for one stack and registered. Either all or nothing:
// every check comes before the first resource. No `await` here, and no promise that could stay unsettled: the engine takes
// a program that ends early for one that declares nothing, and deletes.
import * as pulumi from "@pulumi/pulumi";
import { finish } from "./src/declare/early-end.ts";
import { declare, readSignIn, readStack, readStage } from "./src/declare/index.ts";
import { readEstate } from "./src/estate.ts";
import { dayOf } from "./src/model/day.ts";
import { hasErrors } from "./src/model/diagnostic.ts";
import { deploymentNeeds, fingerprint as fingerprintOf, outline, plan } from "./src/plan/index.ts";
import { askFrom, checkTenant, signInTo } from "./src/remote/index.ts";
import { formatDiagnostics } from "./src/report/text.ts";

const today = dayOf(new Date());
const estate = readEstate(import.meta.dirname, ({ stageValues }) => [readStack(stageValues)], today);
const findings = formatDiagnostics(estate.diagnostics, estate.sources, { color: false });
if (hasErrors(estate.diagnostics)) throw new pulumi.RunError(findings);
if (findings) pulumi.log.warn(findings);

const { model, flows, bundles, declarations } = estate;
const stage = readStage(declarations.stageValues);
const planned = plan(model, bundles, stage);
const domain = stage.tenantDomain;
const signIn = signInTo(domain, readSignIn(), process.env);
const refusal = checkTenant({ domain, signIn, ...deploymentNeeds(planned) }, askFrom(process.env));
if (refusal) throw new pulumi.RunError(refusal);

const outcome = declare(planned);
outcome.done.apply(finish);

/** Stack outputs. They hang on all resources: an update that fails does not announce what it has not done. */
export const fingerprint = outcome.done.apply(() => fingerprintOf(model, flows, bundles));
export const accessModel = outcome.done.apply(() => outline(model));
export const bundleHashes = outcome.done.apply(() =>
  Object.fromEntries(bundles.map(({ flow, lane, hash }) => [`${flow} ${lane}`, hash])),
);
export const { clientIds, clientSecrets } = outcome;
