// What a policy does that is broken or hostile, with a good one behind it.
import { stage } from "#policy";
import rolesToTokens from "../../../hooks/roles-to-tokens.ts";
import { type Case, inBothTokens, type Outcome, type Steps, table } from "../cases.ts";
import attack from "../probes/attack.ts";

const namespace = stage("claimNamespace");

const steps = (how: string, options: { readonly onError?: "continue" } = {}): Steps<"login"> => [
  ["test/hooks/probes/attack.ts", attack({ how, ...options })],
  ["roles-to-tokens", rolesToTokens({ namespace })],
];

const comes = { user: { app_metadata: { size: "XL" } } };

const failures: Readonly<Record<string, string>> = {
  "denies, then throws": "broken",
  "throws null": "threw something that is no error",
  "throws an object without text": "threw something that is no error",
  "rejects with nothing": "undefined",
  "changes the event": "Cannot assign to read only property 'size' of object '#<Object>'",
  "adds to the event": "Cannot add property isAdmin, object is not extensible",
  "claims a bigint": "Do not know how to serialize a BigInt",
  "claims a cycle":
    "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    --- property 'cycle' closes the circle",
  "calls another host": '"evil.test" is none of its hosts',
  "calls over http": '"http://api.example.com/" is not https',
};

/** What succeeds, and the claim it leaves. */
const harmless: Readonly<Record<string, unknown>> = {
  "claims a function and undefined": undefined,
  "pollutes prototypes": false,
  "goes on after its end": undefined,
  "asks for the time that is left": true,
  "changes a list it has claimed": ["early"],
};

export default table({
  policy: "attack",
  flow: "login",
  steps: steps("nothing"),
  cases: [
    ...Object.entries(failures).flatMap(([how, why]): readonly Case<"login">[] => {
      const denied = `policy "attack" failed: ${why}`;
      return [
        {
          who: `a policy that ${how} denies, and nothing it wanted happens`,
          comes,
          steps: steps(how),
          out: { denied },
        },
        {
          who: `with onError "continue" one that ${how} is as if it were not there`,
          comes,
          steps: steps(how, { onError: "continue" }),
          out: { ...inBothTokens({ roles: [] }), console: [denied] },
        },
      ];
    }),
    ...Object.entries(harmless).map(([how, claim]): Case<"login"> => {
      const { accessToken, idToken } = inBothTokens({ roles: ["Admin"] });
      const out: Outcome = {
        accessToken,
        idToken: { ...idToken, ...(claim !== undefined && { "https://claims.test/it": claim }) },
        appMetadata: { attacked: true },
      };
      return { who: `a policy that ${how} has no other effect`, comes, steps: steps(how), out };
    }),
  ],
});
