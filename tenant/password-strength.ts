import type { JsonObject } from "./entities.ts";

/** How strict a database connection is about passwords, by `options.passwordPolicy`. */
export type PasswordPolicy = "none" | "low" | "fair" | "good" | "excellent";

/** What a policy asks for, and whether a password has it, in the form in which Auth0's sign-up answers it. */
export interface Strength {
  readonly verified: boolean;
  readonly rules: readonly JsonObject[];
  /** The rules as text, one a line. */
  readonly policy: string;
}

interface Rule {
  readonly code: string;
  readonly message: string;
  readonly format: readonly (string | number)[];
  readonly items?: readonly { readonly message: string; readonly code: string; readonly verified: boolean }[];
  readonly verified: boolean;
}

const CHARACTERS = [
  { code: "lowerCase", message: "lower case letters (a-z)", pattern: /[a-z]/ },
  { code: "upperCase", message: "upper case letters (A-Z)", pattern: /[A-Z]/ },
  { code: "numbers", message: "numbers (i.e. 0-9)", pattern: /[0-9]/ },
  { code: "specialCharacters", message: "special characters (e.g. !@#$%^&*)", pattern: /[^a-zA-Z0-9]/ },
] as const;

/**
 * How a password does by a policy: `low` 6 characters; `fair` 8 with lower case, upper case and digit; `good` 8 with
 * three of those and special characters; `excellent` 10, besides never three of the same in a row. `shortest` takes the
 * place of the policy's length.
 * @see Auth0 docs, authenticate/database-connections/password-strength; codes and form as the library password-sheriff
 */
export function strengthOf(policy: PasswordPolicy, password: string, shortest?: number): Strength {
  const rules = rulesOf(policy, password, shortest);
  return {
    verified: rules.every((rule) => rule.verified),
    rules: rules as unknown as readonly JsonObject[], // plain JSON; the interface lacks the index
    policy: rules.map(line).join("\n"),
  };
}

function rulesOf(policy: PasswordPolicy, password: string, shortest: number | undefined): Rule[] {
  switch (policy) {
    case "none":
      return [atLeast(shortest ?? 1, password)];
    case "low":
      return [atLeast(shortest ?? 6, password)];
    case "fair":
      return [atLeast(shortest ?? 8, password), containsAll(password)];
    case "good":
      return [atLeast(shortest ?? 8, password), containsThree(password)];
    case "excellent":
      return [atLeast(shortest ?? 10, password), containsThree(password), fewIdentical(password)];
  }
}

const atLeast = (length: number, password: string): Rule => ({
  code: "lengthAtLeast",
  message: "At least %d characters in length",
  format: [length],
  verified: password.length >= length,
});

function containsAll(password: string): Rule {
  const items = judged(password).slice(0, 3);
  return {
    code: "shouldContain",
    message: "Should contain:",
    format: [],
    items,
    verified: items.every(({ verified }) => verified),
  };
}

function containsThree(password: string): Rule {
  const items = judged(password);
  return {
    code: "containsAtLeast",
    message: "Contain at least %d of the following %d types of characters:",
    format: [3, 4],
    items,
    verified: items.filter(({ verified }) => verified).length >= 3,
  };
}

const fewIdentical = (password: string): Rule => ({
  code: "identicalChars",
  message: 'No more than %d identical characters in a row (e.g., "%s" not allowed)',
  format: [2, "aaa"],
  verified: !/(.)\1\1/s.test(password),
});

const judged = (password: string) =>
  CHARACTERS.map(({ code, message, pattern }) => ({ message, code, verified: pattern.test(password) }));

function line({ message, format, items = [] }: Rule): string {
  const values = [...format];
  const text = message.replaceAll(/%[ds]/g, () => String(values.shift()));
  return [`* ${text}`, ...items.map((item) => ` * ${item.message}`)].join("\n");
}
