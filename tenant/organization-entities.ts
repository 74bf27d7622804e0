/** What the tenant stores of organizations, in the same spelling as `entities.ts`. */
import type { JsonObject } from "./entities.ts";

/** A customer or a department whose people log in together. Fields that are only stored come by the index signature. */
export interface Organization {
  readonly id: string;
  /** Lower-case; unique in the tenant. */
  readonly name: string;
  readonly display_name?: string;
  readonly branding?: JsonObject;
  /** Never empty. */
  readonly metadata?: JsonObject;
  readonly token_quota?: JsonObject;
  readonly third_party_client_access: "allow" | "block";
  /** Clients have to be entitled (`OrganizationClient`) to act in the organization. */
  readonly is_app_entitlement_active: boolean;
  readonly [field: string]: unknown;
}

export interface OrganizationMember {
  readonly organization_id: string;
  readonly user_id: string;
}

/** A role that a member has in the organization only. */
export interface OrganizationMemberRole {
  readonly organization_id: string;
  readonly user_id: string;
  readonly role_id: string;
}

/** A connection by which people log in to an organization. */
export interface OrganizationConnection {
  readonly organization_id: string;
  readonly connection_id: string;
  /** Who logs in by it becomes a member. */
  readonly assign_membership_on_login: boolean;
  readonly is_signup_enabled: boolean;
  readonly show_as_button: boolean;
  readonly is_enabled: boolean;
  readonly organization_access_level: "none" | "readonly" | "limited" | "full";
  readonly organization_connection_name?: string;
}

/** A client that is entitled to act in an organization. */
export interface OrganizationClient {
  readonly organization_id: string;
  readonly client_id: string;
  readonly use_for_member_access: boolean;
}

/** A client grant that may be used in an organization. */
export interface OrganizationClientGrant {
  readonly organization_id: string;
  readonly grant_id: string;
}

/** An e-mail domain whose people are sent to the organization. */
export interface OrganizationDiscoveryDomain {
  readonly id: string;
  readonly organization_id: string;
  readonly domain: string;
  readonly status: "pending" | "verified";
  /** The TXT record that proves who owns the domain: its name and its value. */
  readonly verification_host: string;
  readonly verification_txt: string;
  readonly use_for_organization_discovery: boolean;
}
