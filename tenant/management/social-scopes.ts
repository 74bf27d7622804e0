/** The scope that a provider is asked for; for most it is computed from the options that are true. */
import type { Json, JsonObject } from "../entities.ts";

interface ScopeOptions {
  /** The scope that each option stands for. */
  readonly scopes: Readonly<Record<string, string>>;
  /** What the scope always has. */
  readonly always?: readonly string[];
  /** Between the scopes, for providers where they are one string. */
  readonly separator?: string;
}

const GITHUB_SCOPES = {
  email: "user:email",
  read_user: "read:user",
  follow: "user:follow",
  public_repo: "public_repo",
  repo: "repo",
  repo_deployment: "repo_deployment",
  repo_status: "repo:status",
  delete_repo: "delete_repo",
  notifications: "notifications",
  gist: "gist",
  read_repo_hook: "read:repo_hook",
  write_repo_hook: "write:repo_hook",
  admin_repo_hook: "admin:repo_hook",
  read_org: "read:org",
  admin_org: "admin:org",
  read_public_key: "read:public_key",
  write_public_key: "write:public_key",
  admin_public_key: "admin:public_key",
  write_org: "write:org",
};

const GOOGLE_SCOPES = {
  email: "email",
  profile: "profile",
  gmail: "https://mail.google.com/mail/feed/atom",
  youtube: "https://gdata.youtube.com",
};

const LINKEDIN_SCOPES = {
  email: "r_emailaddress",
  profile: "r_liteprofile",
  basic_profile: "r_basicprofile",
};

const SOCIAL: Readonly<Record<string, ScopeOptions>> = {
  apple: { scopes: { name: "name", email: "email" }, separator: " " },
  github: { scopes: GITHUB_SCOPES },
  "google-oauth2": { scopes: GOOGLE_SCOPES },
  line: { always: ["openid"], scopes: { email: "email", profile: "profile" } },
  linkedin: { scopes: LINKEDIN_SCOPES },
  salesforce: { scopes: {} },
  "salesforce-community": { scopes: {} },
  "salesforce-sandbox": { scopes: {} },
  windowslive: { scopes: { graph_user: "https://graph.microsoft.com/User.Read" } },
};

const ENTERPRISE: Readonly<Record<string, ScopeOptions>> = {
  "google-apps": { scopes: { email: "email", profile: "profile" } },
};

/** Social providers whose scope is what was sent, or what Facebook's rule says. */
const OTHER_SOCIAL = new Set(["facebook", "twitter"]);

/** Whether people log in with accounts of their own at a public provider. */
export const isSocial = (strategy: string): boolean => strategy in SOCIAL || OTHER_SOCIAL.has(strategy);

/** What `options.scope` is for this strategy, or undefined where it is what was sent. */
export function computedScope(strategy: string, options: JsonObject): Json | undefined {
  if (strategy === "facebook") return facebookScope(options);
  const rule = SOCIAL[strategy] ?? ENTERPRISE[strategy];
  if (!rule) return undefined;
  const chosen = Object.entries(rule.scopes).flatMap(([option, scope]) =>
    options[option] === true ? [scope] : [],
  );
  const all = [...(rule.always ?? []), ...chosen];
  return rule.separator === undefined ? all : all.join(rule.separator);
}

/** At Facebook each option is named as its permission, but for this one. */
const facebookScope = (options: JsonObject): string =>
  Object.keys(options)
    .filter((option) => options[option] === true && option !== "allow_context_profile_field")
    .join(",");
