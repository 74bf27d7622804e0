import { createHash } from "node:crypto";
import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Connection, User } from "../entities.ts";
import { createUser } from "../users.ts";

/** Who somebody says he is at the pretended social provider. */
interface SocialProfile {
  readonly email: string | undefined;
  readonly name: string | undefined;
}

/**
 * The user of a social connection: made at the first login, without registration policies, later with the name that he
 * gives then. Undefined without an e-mail address.
 */
export function signInSocially(
  context: TenantContext,
  connection: Connection,
  { email: given, name }: SocialProfile,
): User | undefined {
  const email = z.email().safeParse(given?.toLowerCase()).data;
  if (email === undefined) return undefined;
  const localId = socialId(connection, email);
  const profile = { ...(name !== undefined && namesOf(name)) };
  const known = context.store.users.get(`${connection.strategy}|${localId}`);
  if (known) return context.store.users.replace({ ...known, ...profile });
  return createUser(context, {
    identity: {
      connection: connection.name,
      provider: connection.strategy,
      isSocial: true,
      user_id: localId,
    },
    profile: { ...profile, email, email_verified: true },
  });
}

/** 21 digits, as Google's: the same address is always the same person. */
function socialId(connection: Connection, email: string): string {
  const hash = createHash("sha256").update(`${connection.name}\n${email}`).digest("hex");
  return `1${(BigInt(`0x${hash}`) % 10n ** 20n).toString().padStart(20, "0")}`;
}

function namesOf(name: string): Pick<User, "name" | "given_name" | "family_name"> {
  const words = name.trim().split(/\s+/);
  const [first = name, ...others] = words;
  const last = others.at(-1);
  return { name, given_name: first, ...(last !== undefined && { family_name: last }) };
}
