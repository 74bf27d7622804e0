// The program `pulumi up` runs: what the checkout declares, planned for one stack and registered. Either all or nothing:
// every check comes before the first resource. No `await` here, and no promise that could stay unsettled: the engine takes
// a program that ends early for one that declares nothing, and deletes.
import * as pulumi from "@pulumi/pulumi";
import { finish } from "./src/declare/early-end.ts";
import {
  announce,
  declare,
  readOtherStack,
  readPromotion,
  readSignIn,
  readStack,
  readStage,
} from "./src/declare/index.ts";
import { readEstate } from "./src/estate.ts";
import { dayOf } from "./src/model/day.ts";
import { hasErrors } from "./src/model/diagnostic.ts";
import { deploymentNeeds, plan, previewNeeds } from "./src/plan/index.ts";
import { announcementOf, checkPromotion, releaseOutputs } from "./src/promotion/index.ts";
import { releaseOf } from "./src/release.ts";
import { askFrom, checkTenant, signInTo } from "./src/remote/index.ts";
import { formatDiagnostics } from "./src/report/text.ts";

const today = dayOf(new Date());
const estate = readEstate(import.meta.dirname, ({ stageValues }) => [readStack(stageValues)], today);
const findings = formatDiagnostics(estate.diagnostics, estate.sources, { color: false });
if (hasErrors(estate.diagnostics)) throw new pulumi.RunError(findings);
if (findings) pulumi.log.warn(findings);

const { model, bundles, declarations } = estate;
const stage = readStage(declarations.stageValues);
const built = releaseOf(estate);
const from = readPromotion();
const premature =
  from && checkPromotion(built, pulumi.getStack(), from.name, readOtherStack(from, releaseOutputs));
if (premature) throw new pulumi.RunError(premature);

const planned = plan(model, bundles, stage);
const domain = stage.tenantDomain;
const signIn = signInTo(domain, readSignIn(), process.env);
const whole = deploymentNeeds(planned);
const needs = pulumi.runtime.isDryRun() ? previewNeeds(whole, { refresh: false }) : whole;
const refusal = checkTenant({ domain, signIn, ...needs }, askFrom(process.env));
if (refusal) throw new pulumi.RunError(refusal);

const { done, clientIds, clientSecrets } = declare(planned);
done.apply(finish);
const announced = announce(announcementOf(built, bundles, stage), done);

/** Stack outputs. They hang on all resources: an update that fails, or is one of a part, announces nothing new. */
export const fingerprint = announced.apply((said) => said?.fingerprint);
export const accessModel = announced.apply((said) => said?.accessModel);
export const bundleHashes = announced.apply((said) => said?.bundleHashes);
export const stageValues = announced.apply((said) => said?.stageValues);
export const release = announced.apply((said) => said?.release);
export { clientIds, clientSecrets };
