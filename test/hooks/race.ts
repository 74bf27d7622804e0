// Registrations and first logins at the same time, with delays in everything that policies call.
import { setTimeout as after } from "node:timers/promises";
import { stage } from "#policy";
import assignDefaultRole from "../../hooks/assign-default-role.ts";
import rolesToTokens from "../../hooks/roles-to-tokens.ts";
import { claimsOf } from "../support/estate.ts";
import { stageValues } from "./cases.ts";
import { type DeployedFlows, deploy, type Extensibility } from "./deployed.ts";

/** The first role as the shipped estate gives it: after registration, and at the first login. */
export const firstRole: DeployedFlows = {
  postUserRegistration: [["assign-default-role", assignDefaultRole({ role: "customer" })]],
  login: [
    ["assign-default-role", assignDefaultRole({ role: "customer" })],
    ["roles-to-tokens", rolesToTokens({ namespace: stage("claimNamespace") })],
  ],
};

/** How a race went: for each way it ended, how often. */
export interface RaceResult {
  /** Both flows called for the role: the first login found the registration flow still at work. */
  readonly overlaps: number;
  /** What was not one role, in both tokens. */
  readonly wrong: readonly string[];
}

/** Milliseconds at most: of a policy's call, and between registration and login. */
const latest = { call: 40, login: 250 };
const atOnce = 8;

/**
 * Lets so many people register and log in at once; everything is late by a random time. The same seed gives the same
 * delays in the same order of calls.
 */
export async function race(extensibility: Extensibility, people: number, seed: number): Promise<RaceResult> {
  const random = randomOf(seed);
  const assigned = new Map<string, number>();
  const estate = await deploy(extensibility, firstRole, {
    front: async (request, tenant) => {
      const [, id] = /^\/api\/v2\/users\/([^/]+)\/roles$/.exec(new URL(request.url).pathname) ?? [];
      if (id && request.method === "POST") {
        assigned.set(id, (assigned.get(id) ?? 0) + 1);
        await after(random() * latest.call);
      }
      return tenant(request);
    },
  });
  const wrong: string[] = [];
  const person = async (number: number) => {
    const email = `person-${number}@example.test`;
    const { body } = await estate.signUp(email);
    await after(random() * latest.login);
    const { status, body: tokens } = await estate.logIn(email);
    await estate.tenant.settled();
    const stored = await estate.rolesOf(`auth0|${body._id}`);
    const claim = `${stageValues.claimNamespace}roles`;
    const claimed =
      status === 200 && [tokens.access_token, tokens.id_token].map((token) => claimsOf(token)[claim]);
    const outcome = JSON.stringify({ status, stored, claimed });
    if (outcome !== right) wrong.push(outcome);
  };
  for (let first = 0; first < people; first += atOnce)
    await Promise.all(
      Array.from({ length: Math.min(atOnce, people - first) }, (_, index) => person(first + index)),
    );
  await estate.tenant.close();
  return { overlaps: [...assigned.values()].filter((count) => count > 1).length, wrong };
}

const right = JSON.stringify({ status: 200, stored: ["Customer"], claimed: [["Customer"], ["Customer"]] });

/** Numbers from 0 to 1 that look random: mulberry32, public domain. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
