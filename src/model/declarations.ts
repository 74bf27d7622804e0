// What the YAML of rbac/ says, file by file, with the place of everything that can be wrong. Nothing is looked up yet.
import type { DiagnosticCode } from "./diagnostic.ts";
import type { ApiKey, ClientKey, Day, GroupKey, RoleKey, StageValueName } from "./names.ts";
import type { Located, Span } from "./source.ts";
import type { PlainValue, StageValueDeclaration } from "./stage.ts";

/** What every declared thing has. `formerly` are keys it had before; `retired` lifts its protection. */
interface Declared<Key> {
  readonly key: Key;
  /** The file's first key: where facts about the thing as a whole are reported. */
  readonly at: Span;
  readonly owner: Located<string> | undefined;
  readonly formerly: readonly Located<string>[];
  readonly retired: Located<string> | undefined;
}

/** Text in which `${name}` may stand, with each name and its place in the file. */
export interface WrittenTemplate extends Located<string> {
  readonly stageValues: readonly Located<string>[];
}

export type Risk = "low" | "medium" | "high";

export interface ScopeDeclaration {
  readonly value: Located<string>;
  readonly description: WrittenTemplate;
  readonly risk: Risk | undefined;
}

export interface ApiDeclaration extends Declared<ApiKey> {
  readonly name: WrittenTemplate;
  readonly identifier: WrittenTemplate;
  /** Seconds an access token for this API stays valid. */
  readonly tokenLifetime: number;
  readonly offlineAccess: boolean;
  /** False only with a reason. */
  readonly enforceRbac: boolean;
  /** True if clients get tokens of users for this API only as far as they are granted it. */
  readonly requireUserGrants: boolean;
  readonly scopes: readonly ScopeDeclaration[];
}

/** Scopes of one API as written: values or patterns with `*`. */
export interface ScopeSelection {
  readonly api: Located<string>;
  readonly scopes: readonly Located<string>[];
}

export interface RoleDeclaration extends Declared<RoleKey> {
  readonly name: Located<string>;
  readonly description: WrittenTemplate;
  readonly includes: readonly Located<string>[];
  readonly permissions: readonly ScopeSelection[];
  /** The day after which somebody has to look at it again. */
  readonly reviewBy: Located<Day> | undefined;
}

/** How a group's roles reach people: in tokens only, computed at login, or assigned in Auth0. */
export type GroupDelivery = "claim" | "stored";

export interface GroupDeclaration extends Declared<GroupKey> {
  readonly name: Located<string>;
  readonly description: WrittenTemplate;
  readonly roles: readonly Located<string>[];
  /** Groups that whoever is in this one is in, too. */
  readonly within: readonly Located<string>[];
  readonly delivery: GroupDelivery;
  /** How directories call it, in the order of the file. */
  readonly from: readonly { readonly connection: string; readonly group: string }[];
}

export type ClientType = "machine" | "web" | "spa" | "native";

export type KeyAlgorithm = "RS256" | "RS384" | "PS256";

/** A public key that a client signs for with the private one. */
export interface PublicKey {
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  /** PEM of an RSA public key or of an X.509 certificate. */
  readonly pem: string;
}

/** How a client proves who it is at the token endpoint; `none` for those that run where everybody can look into them. */
export type ClientAuthentication =
  | { readonly kind: "none" }
  | { readonly kind: "secret" }
  /** One key, or two while the old one is replaced; sorted by name. */
  | { readonly kind: "private-key"; readonly publicKeys: readonly PublicKey[] };

/** What a client is granted: a selection of an API's scopes, or for the Management API `from-policies`. */
export type GrantDeclaration =
  | ({ readonly kind: "scopes" } & ScopeSelection)
  | { readonly kind: "from-policies"; readonly api: Located<string>; readonly at: Span };

export interface ClientDeclaration extends Declared<ClientKey> {
  readonly name: WrittenTemplate;
  readonly description: WrittenTemplate;
  readonly type: Located<ClientType>;
  readonly grants: readonly GrantDeclaration[];
  readonly callbacks: readonly WrittenTemplate[];
  readonly logoutUrls: readonly WrittenTemplate[];
  readonly connections: readonly Located<string>[];
  /** Undefined if everybody may sign in with it. */
  readonly allowedRoles: readonly Located<string>[] | undefined;
  /** What policies are told of it, in the order of the file. */
  readonly metadata: readonly { readonly name: Located<string>; readonly value: string }[];
  /** Undefined if the file leaves it to the type. */
  readonly authentication: Located<"secret" | "private-key"> | undefined;
  /** In the order of the file, each at its name. */
  readonly publicKeys: readonly Located<PublicKey>[];
}

/** Whom an approval is for, by the key as written. */
export interface ApprovalDeclaration {
  readonly subject: { readonly kind: "role" | "client"; readonly key: Located<string> };
  /** `api/scope`, no pattern. */
  readonly permission: Located<string>;
  readonly by: string;
  readonly reason: string;
  /** The last day on which it holds. */
  readonly until: Located<Day> | undefined;
}

/** What rbac/guardrails.yaml says, in the order of the file. Permissions are written `api/scope`, with patterns. */
export interface GuardrailsDeclaration {
  readonly never: readonly { readonly permission: Located<string>; readonly reason: string }[];
  readonly separate: readonly {
    readonly name: Located<string>;
    readonly permissions: readonly Located<string>[];
  }[];
  readonly together: readonly (readonly Located<string>[])[];
  readonly approve: readonly Located<string>[];
  readonly approved: readonly ApprovalDeclaration[];
  /** Bytes. */
  readonly claimLimit: number;
}

/** A warning that is switched off, and why. */
export interface AcceptedWarning {
  readonly code: Located<DiagnosticCode>;
  /** The path of the file it is found in, perhaps with `*`. */
  readonly file: string;
  readonly reason: string;
  /** The last day on which it is accepted; undefined if it is until the entry is taken out. */
  readonly until: Located<Day> | undefined;
}

/** A value a stack file gives, as written there. Secret values are not read: `secure` says that there is one. */
export interface StackValue {
  readonly name: StageValueName;
  readonly value: Located<PlainValue> | "secure";
  readonly at: Span;
}

/** One `Pulumi.<stack>.yaml`. */
export interface StackDeclaration {
  readonly stack: string;
  /** Its `config:`, or the start of the file. */
  readonly at: Span;
  readonly values: readonly StackValue[];
}

/** All that people declared. Each list is sorted by key. */
export interface Declarations {
  readonly apis: readonly ApiDeclaration[];
  readonly roles: readonly RoleDeclaration[];
  readonly groups: readonly GroupDeclaration[];
  readonly clients: readonly ClientDeclaration[];
  readonly guardrails: GuardrailsDeclaration;
  /** In the order of the file. */
  readonly acceptedWarnings: readonly AcceptedWarning[];
  readonly stageValues: readonly StageValueDeclaration[];
  readonly stacks: readonly StackDeclaration[];
  /** Paths of files that could not be understood in full: a name that is missing may well be declared in one of them. */
  readonly incomplete: ReadonlySet<string>;
}
