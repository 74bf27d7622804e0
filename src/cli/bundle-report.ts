// What `rolebook bundle` says of the code that Auth0 is given.
import { type InspectedBundle, maxSize } from "../bundle/index.ts";
import type { BundleValue, ValueSource } from "../model/bundles.ts";
import type { FlowName, Flows } from "../model/flows.ts";
import { aligned } from "../report/display.ts";

const files: Readonly<Record<FlowName, string>> = {
  preUserRegistration: "pre-user-registration",
  postUserRegistration: "post-user-registration",
  credentialsExchange: "credentials-exchange",
  login: "login",
};

/** Name of the file that a bundle is written to, such as `login.rule.js`. */
export function fileOf({ bundle: { flow, lane } }: InspectedBundle): string {
  return `${files[flow]}.${lane}.js`;
}

/** All bundles with their sizes and hashes. */
export function bundleTable(bundles: readonly InspectedBundle[]): string {
  const table = bundles.map((each) => {
    const { code, hash, values, dependencies } = each.bundle;
    const bytes = Buffer.byteLength(code);
    return [
      fileOf(each),
      String(bytes).padStart(6),
      `${((100 * bytes) / maxSize).toFixed(1)} %`.padStart(6),
      String(values.length).padStart(6),
      String(dependencies.length).padStart(8),
      hash.slice(0, 12),
    ];
  });
  const header = ["bundle", " bytes", "of max", "values", "packages", "SHA-256"];
  return [...aligned([header, ...table]), "", `Auth0 takes ${maxSize} bytes.`, ""].join("\n");
}

/** For each flow what takes the room in each lane, and what travels apart from the code. */
export function bundleParts(bundles: readonly InspectedBundle[], { flows }: Flows): string {
  return flows
    .map(({ name }) => flowLines(bundles.filter(({ bundle }) => bundle.flow === name)))
    .map((lines) => `\n${lines.join("\n")}\n`)
    .join("");
}

/** The lanes of one flow side by side: they have the same values and packages. */
function flowLines(lanes: readonly InspectedBundle[]): readonly string[] {
  const [first] = lanes;
  if (!first) return [];
  const { flow, values, dependencies } = first.bundle;
  const names = [...new Set(lanes.flatMap(({ parts }) => parts.map(({ file }) => file)))];
  const cells = (bytes: readonly (number | undefined)[]) =>
    bytes.map((each) => (each === undefined ? "" : String(each)).padStart(6));
  const rows = names.map((file) => [
    `  ${file}`,
    ...cells(lanes.map(({ parts }) => parts.find((part) => part.file === file)?.bytes)),
  ]);
  const rest = lanes.map(({ bundle, parts }) =>
    parts.reduce((left, { bytes }) => left - bytes, Buffer.byteLength(bundle.code)),
  );
  return [
    ...aligned([
      [flow, ...lanes.map(({ bundle }) => bundle.lane.padStart(6))],
      ...rows,
      ["  settings, tables, and what holds it together", ...cells(rest)],
    ]),
    ...aligned(values.map(valueRow)),
    ...dependencies.map(({ name, version }) => `  needs ${name}@${version}`),
  ];
}

function valueRow({ key, source }: BundleValue): readonly string[] {
  return [`  reads ${key}`, originOf(source)];
}

function originOf(source: ValueSource): string {
  switch (source.kind) {
    case "stage":
      return `stage value ${source.name}`;
    case "secret":
      return `secret ${source.name}`;
    case "role-id":
      return `id of role ${source.role}`;
    case "tenant-domain":
      return "domain of the tenant";
    case "policies-client-id":
      return "id of the policies' client";
    case "policies-client-secret":
      return "secret of the policies' client";
  }
}
