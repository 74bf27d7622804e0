/** What a client's body may have. Objects whose inner fields mean nothing here are stored as they come. */
import { z } from "zod";
import { credentialCreation } from "./make-credential.ts";
import { strict } from "./validation.ts";

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const object = z.record(z.string(), z.unknown()).nullish();

/** Ways to authenticate, with the credentials that serve each. */
const methodsWith = <Item extends z.ZodType>(credential: Item) => {
  const method = strict({ credentials: z.array(credential) }).optional();
  return strict({
    private_key_jwt: method,
    tls_client_auth: method,
    self_signed_tls_client_auth: method,
  }).nullish();
};

const KINDS = "native spa regular_web non_interactive resource_server express_configuration";
const INTEGRATIONS =
  "rms box cloudbees concur dropbox mscrm echosign egnyte newrelic office365 salesforce sentry sharepoint slack springcm zendesk zoom sso_integration oag";
const APP_TYPES = `${KINDS} ${INTEGRATIONS}`.split(" ");

const fields = {
  name: z
    .string()
    .min(1)
    .regex(/^[^<>]+$/),
  description: z.string().max(140).nullish(),
  client_secret: z.string().min(1).nullish(),
  logo_uri: text,
  app_type: z.enum(APP_TYPES).nullish(),
  is_first_party: z.boolean().optional(),
  oidc_conformant: z.boolean().optional(),
  callbacks: texts,
  allowed_logout_urls: texts,
  allowed_origins: texts,
  web_origins: texts,
  allowed_clients: texts,
  client_aliases: texts,
  grant_types: texts,
  initiate_login_uri: text,
  cross_origin_authentication: flag,
  cross_origin_loc: text,
  sso: flag,
  sso_disabled: flag,
  custom_login_page: text,
  custom_login_page_on: flag,
  custom_login_page_preview: text,
  form_template: text,
  client_metadata: z.record(z.string(), z.string().max(255).nullable()).nullish(),
  token_endpoint_auth_method: z.enum(["none", "client_secret_post", "client_secret_basic"]).nullish(),
  is_token_endpoint_ip_header_trusted: flag,
  client_authentication_methods: methodsWith(strict({ id: z.string() })),
  signed_request_object: z
    .looseObject({ credentials: z.array(z.looseObject({})).optional(), required: z.boolean().optional() })
    .nullish(),
  jwt_configuration: strict({
    lifetime_in_seconds: z.int().optional(),
    secret_encoded: z.boolean().optional(),
    scopes: z.json().optional(),
    alg: z.enum(["HS256", "RS256", "RS512", "PS256"]).optional(),
  }).nullish(),
  refresh_token: strict({
    rotation_type: z.enum(["rotating", "non-rotating"]),
    expiration_type: z.enum(["expiring", "non-expiring"]),
    leeway: z.int().min(0).optional(),
    token_lifetime: z.int().min(1).max(157_788_000).optional(),
    idle_token_lifetime: z.int().min(1).optional(),
    infinite_token_lifetime: z.boolean().optional(),
    infinite_idle_token_lifetime: z.boolean().optional(),
    policies: z.array(strict({ audience: z.string(), scope: z.array(z.string()) })).nullish(),
  }).nullish(),
  organization_usage: z.enum(["deny", "allow", "require"]).nullish(),
  organization_require_behavior: z.enum(["no_prompt", "pre_login_prompt", "post_login_prompt"]).nullish(),
  organization_discovery_methods: texts,
  default_organization: strict({
    organization_id: z.string(),
    flows: z.array(z.literal("client_credentials")),
  }).nullish(),
  require_pushed_authorization_requests: flag,
  require_proof_of_possession: flag,
  skip_non_verifiable_callback_uri_confirmation_prompt: flag,
  compliance_level: text,
  par_request_expiry: z.int().min(10).max(600).nullish(),
  redirection_policy: z.enum(["allow_always", "open_redirect_protection"]).optional(),
  third_party_security_mode: z.enum(["strict", "permissive"]).optional(),
  async_approval_notification_channels: texts,
  addons: object,
  encryption_key: object,
  mobile: object,
  native_social_login: object,
  oidc_logout: object,
  oidc_backchannel_logout: object,
  session_transfer: object,
  token_exchange: object,
  token_quota: object,
  token_vault_privileged_access: object,
  identity_assertion_authorization_grant: object,
  express_configuration: object,
  fedcm_login: object,
  my_organization_configuration: object,
};

/** Unlike a change, which names credentials that are there, a creation has them in full. */
export const clientCreation = strict({
  ...fields,
  client_authentication_methods: methodsWith(credentialCreation),
  resource_server_identifier: z.string().min(1).max(600).optional(),
});
export const clientChange = strict(fields).partial();
