// Which stack, which API and which kind a token is of.
import type { JWTPayload } from "jose";
import type { Estate } from "../../estate.ts";
import type { Api } from "../../model/access-model.ts";
import { isClaimNamespace } from "../../model/claims.ts";
import { fillTemplate } from "../../model/stage.ts";
import { type NamedStage, stagesOf } from "../stages.ts";

/** What a token was made for. */
export type TokenKind = "ID token" | "access token of a person" | "access token of a machine";

/** What a token is, as far as it tells by itself. */
export interface TokenOrigin {
  readonly kind: TokenKind;
  /** The stack whose tenant issued it, or else whose API or namespace it names; undefined if it is of none. */
  readonly stage: NamedStage | undefined;
  /** The declared API that it is for; undefined for ID tokens and for other APIs. */
  readonly api: Api | undefined;
  /** Identifiers it is for, without the one of /userinfo. */
  readonly audiences: readonly string[];
}

/** Where a token comes from and what for; stacks that fit by issuer go before those that fit by less. */
export function originOf(payload: JWTPayload, estate: Estate): TokenOrigin {
  const audiences = [payload.aud ?? []].flat().filter((each) => !each.endsWith("/userinfo"));
  const stages = stagesOf(estate);
  const { apis } = estate.model;
  const apiIn = ({ values }: NamedStage) =>
    apis.find(({ identifier }) => audiences.includes(fillTemplate(identifier, values)));
  const stage =
    stages.find(({ tenantDomain }) => isIssuer(payload.iss, tenantDomain)) ??
    stages.find(apiIn) ??
    stages.find((each) =>
      namespacesOf(each).some((namespace) => Object.keys(payload).some((name) => name.startsWith(namespace))),
    );
  const isAccess = "scope" in payload || "permissions" in payload || "gty" in payload || "azp" in payload;
  const isMachine = payload.gty === "client-credentials" || payload.sub?.endsWith("@clients") === true;
  return {
    kind: !isAccess ? "ID token" : isMachine ? "access token of a machine" : "access token of a person",
    stage,
    api: stage && apiIn(stage),
    audiences,
  };
}

/** Local tenants take the port that is free: all of them are the dev stack's. */
function isIssuer(issuer: unknown, domain: string): boolean {
  if (typeof issuer !== "string" || domain === "" || !URL.canParse(issuer)) return false;
  const { host, hostname } = new URL(issuer);
  return host === domain || (hostname === "localhost" && domain.split(":")[0] === "localhost");
}

/** Stage values that custom claims may begin with. */
export function namespacesOf({ values }: NamedStage): readonly string[] {
  return [...values.values()].filter(isClaimNamespace);
}
