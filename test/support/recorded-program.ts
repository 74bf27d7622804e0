// Runs `declare` against Pulumi's mocks and records everything it registers: type, name, inputs, edges and secrecy.
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { vi } from "vitest";
import type { Outcome } from "../../src/declare/index.ts";

/** What Pulumi's protocol marks a secret with. @see pulumi sdk/go/common/resource/sig */
const secretMark = "4dabf18193072939515e22adb298388d";

/** A resource as the program registered it. Names of other resources are written `type::name`. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** Secret values are `{ secret: value }`. */
  readonly inputs: Record<string, unknown>;
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
  readonly aliases: readonly string[];
}

/** The protocol's request, as far as it is looked at here. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getDependenciesList(): readonly string[];
  getAliasesList(): readonly { getSpec(): { getName(): string } | undefined }[];
  getObject(): { toJavaScript(): Record<string, unknown> };
}

/** The outputs a tenant would give, by type. A type that is not here is unexpected and throws. */
const outputs: Record<string, (name: string) => Record<string, unknown>> = {
  "auth0:index/resourceServer:ResourceServer": () => ({}),
  "auth0:index/resourceServerScopes:ResourceServerScopes": () => ({}),
  "auth0:index/role:Role": () => ({}),
  "auth0:index/rolePermissions:RolePermissions": () => ({}),
  "auth0:index/client:Client": (name) => ({ clientId: `client-id-of-${name}` }),
  "auth0:index/clientCredentials:ClientCredentials": (name) => ({ clientSecret: `client-secret-of-${name}` }),
  "auth0:index/clientGrant:ClientGrant": () => ({}),
  "auth0:index/connectionClient:ConnectionClient": () => ({}),
  "auth0:index/hook:Hook": () => ({}),
  "auth0:index/rule:Rule": () => ({}),
  "auth0:index/ruleConfig:RuleConfig": () => ({}),
  "auth0:index/action:Action": () => ({}),
  "auth0:index/triggerActions:TriggerActions": () => ({}),
  "rolebook:index:Api": () => ({}),
  "rolebook:index:Role": () => ({}),
  "rolebook:index:Client": () => ({}),
  "rolebook:index:Flow": () => ({}),
};

/** What `program` registers, sorted by type and name. Anything that is not expected of it throws. */
export async function record(
  program: () => Outcome,
  config: Readonly<Record<string, string>> = {},
): Promise<readonly Registered[]> {
  const seen: Registered[] = [];
  const original = MockMonitor.prototype.registerResource;
  const spy = vi.spyOn(MockMonitor.prototype, "registerResource").mockImplementation(function (
    this: MockMonitor,
    request: Request,
    callback: Parameters<typeof original>[1],
  ) {
    seen.push(registered(request));
    return original.call(this, request, callback);
  });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const known = outputs[type];
        if (!known) throw new Error(`unexpected resource of type ${type}`);
        return { id: `id-of-${name}`, state: { ...inputs, ...known(name) } };
      },
      call: ({ token, inputs }) => {
        if (token !== "auth0:index/getConnection:getConnection")
          throw new Error(`unexpected call of ${token}`);
        return { ...inputs, id: `id-of-${inputs.name}` };
      },
    },
    "rolebook",
    "test",
  );
  pulumi.runtime.setAllConfig({ ...config });
  try {
    const { clientIds } = program();
    await new Promise<void>((resolve) => clientIds.apply(() => resolve()));
  } finally {
    spy.mockRestore();
  }
  return seen.sort((a, b) => (id(a) < id(b) ? -1 : 1));
}

function registered(request: Request): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: shortUrn(request.getParent()),
    inputs: marked(request.getObject().toJavaScript()) as Record<string, unknown>, // an object stays one
    dependsOn: request.getDependenciesList().map(shortUrn).sort(),
    protect: request.getProtect(),
    aliases: request.getAliasesList().flatMap((alias) => alias.getSpec()?.getName() ?? []),
  };
}

const id = ({ type, name }: Registered) => `${type}::${name}`;

/** `urn:pulumi:test::rolebook::parent$type::name` as `Type::name`. */
function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split(/[$:]/).at(-1)}::${name}`;
}

function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value && "value" in value) return { secret: marked(value.value) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, marked(each)]));
}
