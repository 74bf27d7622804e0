// How policies reach other hosts: by `fetchJson` only, and only those that they name.
import type { AnyNode } from "acorn";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Flows } from "../../model/flows.ts";
import type { PolicyDefinition } from "../../policy/policy.ts";
import { networkUses } from "../safety/network.ts";
import { textOf } from "../safety/uses.ts";
import { refusal } from "./code.ts";
import { callsOf, type PolicyCode, sharedFiles } from "./policy-files.ts";

/** Where policies reach the network by another way than `fetchJson`; declared packages may. */
export function otherWaysOut(policies: readonly PolicyCode[]): readonly Diagnostic[] {
  return sharedFiles(policies).flatMap(({ module, definitions }) => {
    const installed = definitions.flatMap(({ dependencies = {} }) => Object.keys(dependencies));
    return networkUses(module.uses, installed).map((objection) => ({
      ...refusal("policy-undeclared-host", module, objection),
      help: 'call "fetchJson", with the host under "hosts" or by a url() setting',
    }));
  });
}

/** Literal URLs that `fetchJson` would refuse: neither `hosts` nor a literal `url()` setting names their host. */
export function undeclaredHosts(policies: readonly PolicyCode[], flows: Flows): readonly Diagnostic[] {
  return sharedFiles(policies).flatMap(({ module, definitions }) => {
    const hosts = definitions.flatMap((each) => [...(each.hosts ?? []), ...settingHosts(each, flows)]);
    return callsOf("fetchJson", module).flatMap(({ arguments: [url] }): readonly Diagnostic[] => {
      const host = url && hostOf(url);
      if (!url || host === undefined || hosts.includes(host)) return [];
      return [
        {
          ...refusal("policy-undeclared-host", module, {
            node: url,
            fact: `calls "${host}", which no policy of its names`,
          }),
          help: `write hosts: ["${host}"], or take the URL from a url() setting`,
        },
      ];
    });
  });
}

/** Hosts of the URLs that flows.ts gives a policy. Those of stage values are others in every stage. */
function settingHosts({ name, settings }: PolicyDefinition, { flows }: Flows): readonly string[] {
  const steps = flows.flatMap((flow) => flow.steps.filter(({ policy }) => policy === name));
  return steps.flatMap((step) =>
    step.settings.flatMap(({ name, value }) =>
      settings[name]?.type === "url" && value.kind === "literal" ? new URL(String(value.value)).host : [],
    ),
  );
}

/** The host of a URL that is written out at least as far as its path; undefined if it is computed. */
function hostOf(url: AnyNode): string | undefined {
  const text = textOf(url);
  if (text !== undefined) return URL.canParse(text) ? new URL(text).host : undefined;
  const [origin] = /^https?:\/\/[^/?#]+(?=[/?#])/.exec(headOf(url)) ?? [];
  return origin && URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** The text that a computed one starts with. */
function headOf(node: AnyNode): string {
  if (node.type === "TemplateLiteral") return node.quasis[0]?.value.cooked ?? "";
  if (node.type === "BinaryExpression" && node.operator === "+") return headOf(node.left);
  return textOf(node) ?? "";
}
