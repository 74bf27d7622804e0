import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { valuesOfStack } from "../../compile/index.ts";
import type { Estate } from "../../estate.ts";
import { fillTemplate } from "../../model/stage.ts";
import { devStackOf, engineEnvironment, requireRunningTenant, trustAuthority } from "../dev-stack.ts";
import { getToolchain, readClientIds } from "../engine.ts";
import { Failure } from "../failure.ts";
import { interruptSignal } from "../interrupt.ts";
import { suggest } from "../options.ts";
import { standardPage } from "../page.ts";
import { soundEstate } from "../sound-estate.ts";
import { showTokens } from "../tokens.ts";
import { type Application, accountExists, logIn, Refused, signUp } from "../visitor.ts";

/** That of every account made here: the tenant is local, and its accounts are nobody's. */
const password = "correct horse Battery 9";

const options = {
  connection: { type: "string" },
  client: { type: "string" },
  api: { type: "string" },
} as const;

/** Logs somebody in to an application of the dev stack as a browser would, and shows the tokens; 1 if it is refused. */
export async function login(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [email, ...rest] = positionals;
  if (!email || rest.length > 0)
    throw new Failure("who logs in is not said", "npm run login -- ada@example.test");

  const stack = devStackOf(process.cwd());
  const tenant = requireRunningTenant(stack.tenant);
  trustAuthority(readFileSync(tenant.ca, "utf8"));

  const { signal, release } = interruptSignal();
  const toolchain = await getToolchain(signal).finally(release);
  const env = { ...process.env, ...engineEnvironment(stack.backend, tenant) };
  const clientIds = await readClientIds(toolchain, { cwd: process.cwd(), env });
  const application = applicationOf(soundEstate(undefined), values, clientIds);

  const page = standardPage();
  const url = new URL(tenant.url);
  const { connection } = values;
  try {
    if (!connection) await signUp(url, application, email, password).catch(accountExists);
    const name = email.split("@")[0] ?? email;
    const tokens = await logIn(
      url,
      application,
      connection ? { connection, email, name } : { email, password },
    );
    page.title(`${email} is logged in at ${application.name}`);
    showTokens(page, tokens);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    page.title(`${email} is refused at ${application.name}`);
    page.text(error.message);
    return 1;
  }
}

/** The application that `client` names, else the first that people log in to, asking for the API that `api` names. */
function applicationOf(
  { model, declarations }: Estate,
  { client: clientKey, api: apiKey }: { readonly client?: string; readonly api?: string },
  clientIds: Readonly<Record<string, string>>,
): Application & { readonly name: string } {
  const stack = declarations.stacks.find((each) => each.stack === "dev");
  if (!stack) throw new Failure("there is no Pulumi.dev.yaml");
  const values = valuesOfStack(stack, declarations.stageValues);
  const client = chosen(
    "client",
    clientKey,
    model.clients.filter(({ type }) => type === "spa" || type === "native"),
  );
  const api = chosen("API", apiKey, model.apis);
  const callback = client.callbacks[0];
  if (!callback) throw new Failure(`client "${client.key}" has no callback`, "name another with --client");
  const clientId = clientIds[client.key];
  if (!clientId)
    throw new Failure(`client "${client.key}" has not been applied yet`, 'run "npm run up" first');
  return {
    name: client.key,
    clientId,
    callback: fillTemplate(callback, values),
    audience: fillTemplate(api.identifier, values),
  };
}

function chosen<T extends { readonly key: string }>(
  kind: string,
  key: string | undefined,
  all: readonly T[],
): T {
  const found = key === undefined ? all[0] : all.find((each) => each.key === key);
  if (found) return found;
  if (key === undefined) throw new Failure(`there is no ${kind} to log in with`);
  throw new Failure(
    `no ${kind} "${key}" is known here`,
    suggest(
      key,
      all.map((each) => each.key),
    ),
  );
}
