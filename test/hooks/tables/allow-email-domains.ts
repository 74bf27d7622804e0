import allowEmailDomains from "../../../hooks/allow-email-domains.ts";
import { type Case, table } from "../cases.ts";

const domains = ["example.com", "Partner.example"];

/** Who gets past the list of domains: addresses, and whether they do. */
const addresses: readonly (readonly [who: string, email: string | undefined, isAllowed: boolean])[] = [
  ["an address in a domain of the list", "ada@example.com", true],
  ["an address in capitals", "ADA@EXAMPLE.COM", true],
  ["an address in a domain that the list has in capitals", "ada@partner.example", true],
  ["an address in another domain", "ada@example.org", false],
  ["an address in a domain below one of the list", "ada@mail.example.com", false],
  ["an address in a domain that only ends the same", "ada@notexample.com", false],
  ["an address that has a domain of the list in front of the @", "example.com@evil.test", false],
  ["an address with two @", "ada@example.com@evil.test", false],
  ["an address with a letter of another alphabet", "ada@exаmple.com", false],
  ["an address with a dot behind it", "ada@example.com.", false],
  ["an address with a blank behind it", "ada@example.com ", false],
  ["a text that is no address", "example.com", false],
  ["a very long address in another domain", `${"a".repeat(10_000)}@evil.test`, false],
  ["no address", undefined, false],
];

export const atRegistration = table({
  policy: "allow-email-domains",
  flow: "preUserRegistration",
  steps: [["allow-email-domains", allowEmailDomains({ domains })]],
  cases: addresses.map(
    ([who, email, isAllowed]): Case<"preUserRegistration"> => ({
      who: `${who} ${isAllowed ? "may" : "may not"} register`,
      comes: { user: { email: email as string } }, // undefined takes the sample's address away
      out: isAllowed ? {} : { denied: "e-mail domain not allowed" },
    }),
  ),
});

export const atLogin = table({
  policy: "allow-email-domains",
  flow: "login",
  steps: [["allow-email-domains", allowEmailDomains({ domains })]],
  cases: [
    ...addresses.map(
      ([who, email, isAllowed]): Case<"login"> => ({
        who: `${who} that is verified ${isAllowed ? "may" : "may not"} log in`,
        comes: { user: { email: email as string, email_verified: true } },
        out: isAllowed
          ? {}
          : { denied: "This application is for addresses of its company and partners only" },
      }),
    ),
    ...[false, undefined, "true" as unknown as boolean].map(
      (email_verified): Case<"login"> => ({
        who: `an address whose verification is ${JSON.stringify(email_verified) ?? "missing"} may not log in`,
        comes: { user: { email_verified: email_verified as boolean } },
        out: { denied: "Verify your e-mail address first, then log in again" },
      }),
    ),
  ],
});
