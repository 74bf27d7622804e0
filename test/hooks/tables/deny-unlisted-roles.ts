import denyUnlistedRoles from "../../../hooks/deny-unlisted-roles.ts";
import { adapted, type Case, table } from "../cases.ts";

const denied = { denied: '"Shop" is for other roles than yours' };

/** The client's list, the user's roles, and whether he may come in. */
const lists: readonly (readonly [
  who: string,
  listed: unknown,
  roles: readonly string[],
  isAllowed: boolean,
])[] = [
  ["a user without roles", undefined, [], true],
  ["a user with a role of the list", "Customer, Accountant", ["Accountant"], true],
  ["a user with more roles than one of the list", "Accountant", ["Customer", "Accountant"], true],
  ["a user with a role of a list that has blanks around", "  Customer ,Accountant  ", ["Customer"], true],
  ["a user with a role that is not in the list", "Accountant", ["Customer"], false],
  ["a user without roles where there is a list", "Accountant", [], false],
  ["a user with a role whose name begins the same", "Account", ["Accountant"], false],
  ["a user with a role in other letters", "accountant", ["Accountant"], false],
  ["a user with a role where the list is empty", "", ["Customer"], false],
  ["a user whose role has no name but blanks, where the list is empty", "", [" "], false],
  ["a user whose role has no name, where the list has a comma too many", "Accountant,", [""], false],
  ["a user with the role __proto__ that is not in the list", "Accountant", ["__proto__"], false],
  ["a user with the role constructor that is in the list", "constructor", ["constructor"], true],
  ["a user with a role whose name has a comma", "Sales, EMEA", ["Sales, EMEA"], false],
  ["a user with a role of letters from elsewhere", "Käufer 🛒", ["Käufer 🛒"], true],
  ["a user with a very long role that is not in the list", "Accountant", ["A".repeat(10_000)], false],
];

export default table({
  policy: "deny-unlisted-roles",
  flow: "login",
  steps: [["deny-unlisted-roles", denyUnlistedRoles({})]],
  cases: [
    ...lists.map(
      ([who, listed, roles, isAllowed]): Case<"login"> => ({
        who: `${who} ${isAllowed ? "comes in" : "gets no token"}`,
        comes: {
          authorization: { roles },
          client: {
            metadata: (listed === undefined ? {} : { allowed_roles: listed }) as Record<string, string>,
          },
        },
        out: isAllowed ? {} : denied,
      }),
    ),
    {
      who: "a list that is no text restricts all the same",
      comes: {
        authorization: { roles: ["Customer"] },
        client: { metadata: { allowed_roles: ["Accountant"] as never } },
      },
      out: denied,
      differs: adapted,
    },
  ],
});
