import { createHmac } from "node:crypto";
import { stage } from "#policy";
import enrichSeller from "../../../hooks/enrich-seller.ts";
import { type Answer, type Case, claims, late, type Outcome, table } from "../cases.ts";

const steps = (options: { readonly onError?: "continue" } = {}) =>
  [
    [
      "enrich-seller",
      enrichSeller({
        url: stage("sellerApi" as never),
        emailHashKey: stage("emailHashKey" as never),
        namespace: stage("claimNamespace"),
        ...options,
      }),
    ],
  ] as const;

/** One flow, built once. */
const continuing = steps({ onError: "continue" });

const seller = { id: "7", name: "Ada's shop" };
const ofSeller: Answer = { status: 200, body: seller };
const hash = createHmac("sha256", "k3y").update("ada@example.com").digest("hex");
const verified = { user: { email_verified: true } };
const failed = (text: string) => `policy "enrich-seller" failed: <company>: ${text}`;

/** What becomes of people when the company's API does not answer as it should. */
const troubles: readonly (readonly [company: string, answer: Answer | "down", why: string])[] = [
  ["is down", "down", "no answer (ECONNREFUSED)"],
  ["is slow", { status: 200, body: late }, "no answer in time"],
  ["fails", { status: 500, body: { error: "broken" } }, "answered 500"],
  ["knows no such user", { status: 404, body: { error: "not found" } }, "answered 404"],
  ["redirects", { status: 302, headers: { location: "https://elsewhere.test/" } }, "answered 302"],
  ["answers HTML", { status: 200, body: "<html>" }, "answered something that is not JSON"],
  ["answers nothing", { status: 200 }, "answered something that is not JSON"],
  ["answers 10 MB", { status: 200, body: "x".repeat(10_000_000) }, "answered more than 100 kB"],
];

/** Answers that are JSON, but no seller. */
const strange: readonly unknown[] = [
  null,
  [],
  7,
  {},
  { id: 7, name: "Ada" },
  { id: "7" },
  { __proto__: null, name: "x" },
];

export default table({
  policy: "enrich-seller",
  flow: "login",
  steps: steps(),
  cases: [
    {
      who: "a user who works for a seller has it in the ID token",
      company: ofSeller,
      out: { idToken: claims({ seller }) },
    },
    {
      who: "a user with a verified address has its HMAC there, too",
      comes: verified,
      company: ofSeller,
      out: { idToken: claims({ email_hash: hash, seller }) },
    },
    {
      who: "a user without e-mail has none",
      comes: { user: { email: undefined as never, email_verified: true } },
      company: ofSeller,
      out: { idToken: claims({ seller }) },
    },
    {
      who: "what else the answer has stays out of tokens",
      company: { status: 200, body: { ...seller, salary: 1, "__proto__ ": {} } },
      out: { idToken: claims({ seller }) },
    },
    ...strange.map(
      (body): Case<"login"> => ({
        who: `a user whose seller is ${JSON.stringify(body)} comes in without one`,
        company: { status: 200, body: JSON.stringify(body) },
        out: {},
      }),
    ),
    ...troubles.flatMap(([company, answer, why]): readonly Case<"login">[] => {
      const lets: Outcome = { console: [failed(why)] };
      return [
        {
          who: `nobody comes in while the company's API ${company}`,
          comes: verified,
          company: answer,
          out: { denied: failed(why) },
        },
        {
          who: `with onError "continue" everybody does, without any claim, while it ${company}`,
          comes: verified,
          company: answer,
          steps: continuing,
          out: lets,
        },
      ];
    }),
  ],
});
