/** What the body of a change of the tenant's settings may have; null removes a setting. */
import { z } from "zod";
import { tokenQuota } from "./token-quota.ts";
import { strict } from "./validation.ts";

const flag = z.boolean().nullish();
const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const hours = z.number().min(1).nullish();
const minutes = z.int().min(1).nullish();
const address = z.union([z.literal(""), z.url()]).nullish();
const page = strict({ enabled: z.boolean().optional(), html: z.string().optional() }).nullish();

export const tenantChange = strict({
  acr_values_supported: texts,
  allow_organization_name_in_authentication_api: flag,
  allowed_logout_urls: texts,
  authorization_response_iss_parameter_supported: flag,
  change_password: page,
  client_id_metadata_document_supported: flag,
  country_codes: strict({ list: z.array(z.string().length(2)), mode: z.enum(["allow", "deny"]) }).nullish(),
  customize_mfa_in_postlogin_action: flag,
  default_audience: text,
  default_directory: text,
  default_redirection_uri: address,
  default_token_quota: strict({
    clients: tokenQuota.optional(),
    organizations: tokenQuota.optional(),
  }).nullish(),
  device_flow: strict({
    charset: z.enum(["base20", "digits"]).optional(),
    mask: z.string().max(20).optional(),
  }).nullish(),
  dynamic_client_registration_security_mode: z.enum(["strict", "permissive"]).nullish(),
  enable_ai_guide: flag,
  enabled_locales: z.array(z.string().min(2)).min(1).nullish(),
  ephemeral_session_lifetime: hours,
  ephemeral_session_lifetime_in_minutes: minutes,
  error_page: strict({
    html: z.string().nullish(),
    show_log_link: z.boolean().nullish(),
    url: address,
  }).nullish(),
  // Their names change too often to be listed.
  flags: z.record(z.string(), z.boolean().nullable()).nullish(),
  friendly_name: text,
  guardian_mfa_page: page,
  idle_ephemeral_session_lifetime: hours,
  idle_ephemeral_session_lifetime_in_minutes: minutes,
  idle_session_lifetime: hours,
  idle_session_lifetime_in_minutes: minutes,
  legacy_sandbox_version: z.string().max(8).nullish(),
  mtls: strict({ enable_endpoint_aliases: z.boolean().optional() }).nullish(),
  oidc_logout: strict({ rp_logout_end_session_endpoint_discovery: z.boolean().optional() }).nullish(),
  phone_consolidated_experience: flag,
  picture_url: address,
  pushed_authorization_requests_supported: flag,
  resource_parameter_profile: z.enum(["audience", "compatibility"]).nullish(),
  sandbox_version: z.string().max(8).nullish(),
  session_cookie: strict({ mode: z.enum(["persistent", "non-persistent"]) }).nullish(),
  session_lifetime: hours,
  session_lifetime_in_minutes: minutes,
  sessions: strict({ oidc_logout_prompt_enabled: z.boolean().optional() }).nullish(),
  skip_non_verifiable_callback_uri_confirmation_prompt: flag,
  support_email: z.union([z.literal(""), z.email()]).nullish(),
  support_url: address,
});
