/** The runtimes that an action may ask for; the tenant runs all of them on its own Node. */
export const RUNTIMES = ["node12", "node16", "node18", "node18-actions", "node22", "node22-actions"] as const;

interface Trigger {
  readonly id: string;
  readonly version: string;
  readonly status: "CURRENT" | "DEPRECATED";
}

/** The triggers that actions can be bound to, as a recorded tenant lists them (2026). */
export const TRIGGERS: readonly Trigger[] = [
  { id: "post-login", version: "v3", status: "CURRENT" },
  { id: "credentials-exchange", version: "v2", status: "CURRENT" },
  { id: "pre-user-registration", version: "v2", status: "CURRENT" },
  { id: "post-user-registration", version: "v2", status: "CURRENT" },
  { id: "post-change-password", version: "v2", status: "CURRENT" },
  { id: "send-phone-message", version: "v2", status: "CURRENT" },
  { id: "custom-phone-provider", version: "v1", status: "CURRENT" },
  { id: "custom-email-provider", version: "v1", status: "CURRENT" },
  { id: "password-reset-post-challenge", version: "v1", status: "CURRENT" },
  { id: "custom-token-exchange", version: "v1", status: "CURRENT" },
  { id: "event-stream", version: "v1", status: "CURRENT" },
  { id: "password-hash-migration", version: "v1", status: "CURRENT" },
];

/** A trigger as `GET /actions/triggers` shows it. */
export const triggerToWire = ({ id, version, status }: Trigger) => ({
  id,
  version,
  status,
  runtimes: RUNTIMES,
  default_runtime: "node22",
  binding_policy: "trigger-bound",
  compatible_triggers: [],
});
