/** What is special about the connections of a strategy: what their options are completed with, and what they show. */
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { databaseOptions } from "./database-options.ts";
import { oktaMetadata } from "./okta-metadata.ts";
import { certificateOptions, metadataOptions } from "./saml-options.ts";

/** The strategies that Auth0's OpenAPI document names. */
export const STRATEGY_NAMES =
  "ad adfs amazon apple auth0 auth0-adldap auth0-oidc baidu bitbucket bitly box custom daccount dropbox dwolla email evernote evernote-sandbox exact facebook fitbit github google-apps google-oauth2 instagram ip line linkedin oauth1 oauth2 office365 oidc okta paypal paypal-sandbox pingfederate planningcenter salesforce salesforce-community salesforce-sandbox samlp sharepoint shop shopify sms soundcloud thirtysevensignals twitter untappd vkontakte waad weibo windowslive wordpress yahoo yandex".split(
    " ",
  );

type Complete = (sent: JsonObject, old: JsonObject | undefined, context: TenantContext) => JsonObject;

const STRATEGIES: Readonly<Record<string, Complete>> = {
  auth0: databaseOptions,
  adfs: (sent) => ({ thumbprints: [], ...sent }),
  "google-apps": (sent, old) => ({
    email: true,
    profile: true,
    handle_login_from_social: true,
    // How users are identified is fixed when the connection is made.
    ...(old?.map_user_id_to_id !== undefined && { map_user_id_to_id: old.map_user_id_to_id }),
    ...sent,
  }),
  line: (sent) => ({ profile: true, ...sent }),
  oidc: (sent, old) => ({ ...oidcDefaults("bind_all", old), ...sent }),
  okta: (sent, old) => ({
    ...oidcDefaults("basic_profile", old),
    ...(typeof sent.domain === "string" && { oidc_metadata: oktaMetadata(sent.domain) }),
    ...sent,
  }),
  pingfederate: ({ signingCert, ...sent }) => ({ ...sent, ...certificateOptions(signingCert) }),
  samlp: (sent, old) => {
    const options = { ...metadataOptions(sent, old), ...sent };
    const { metadataXml: _, ...stored } = options;
    return { ...(old ? {} : SAML_DEFAULTS), ...stored, ...certificateOptions(options.signingCert) };
  },
  waad: (sent, _, { domain }) => ({
    ...(isAzureActiveDirectory(sent) && { app_domain: domain }),
    waad_common_endpoint: sent.useCommonEndpoint ?? false,
    ...sent,
  }),
};

const SAML_DEFAULTS: JsonObject = {
  assertion_decryption_settings: { algorithm_profile: "v2026-1", algorithm_exceptions: [] },
};

/** PKCE is on for a new connection, and off after an update that says nothing about it. */
const oidcDefaults = (mapping_mode: string, old: JsonObject | undefined): JsonObject => ({
  schema_version: "oidc-V4",
  type: "back_channel",
  attribute_map: { mapping_mode },
  connection_settings: { pkce: old ? "disabled" : "auto" },
});

/** Options with what the strategy adds to them; `old` are those that an update replaces. */
export const completedOptions = (
  context: TenantContext,
  strategy: string,
  sent: JsonObject,
  old: JsonObject | undefined,
): JsonObject => STRATEGIES[strategy]?.(sent, old, context) ?? sent;

/** What a new connection has besides its options, where nothing else was sent. */
export function strategyFields(
  { ids, domain }: TenantContext,
  strategy: string,
  name: string,
  options: JsonObject,
) {
  return {
    // Enterprise connections get a button on the login page only if one asks for it.
    ...(ENTERPRISE.has(strategy) && { show_as_button: false }),
    ...(NAMED_AFTER_ITSELF.has(strategy) && { display_name: name }),
    ...(hasTicket(strategy, options) && {
      provisioning_ticket_url: `https://${domain}/p/${strategy}/${ids.alphanumeric(8)}`,
    }),
  };
}

const ENTERPRISE = new Set(
  "ad adfs auth0-adldap google-apps office365 oidc okta pingfederate samlp waad".split(" "),
);
const NAMED_AFTER_ITSELF = new Set(["oidc", "waad"]);
const WITH_TICKET = new Set(["ad", "adfs", "google-apps", "pingfederate", "samlp"]);

/** Whether there is a page on which the administrator of the other side sets the connection up. */
const hasTicket = (strategy: string, options: JsonObject) =>
  WITH_TICKET.has(strategy) || (strategy === "waad" && isAzureActiveDirectory(options));

/** Of Microsoft's two identity APIs the old one. */
const isAzureActiveDirectory = (options: JsonObject) =>
  options.identity_api === "azure-active-directory-v1.0";
