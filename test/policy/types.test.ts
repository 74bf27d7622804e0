// What the type checker refuses: the compiler reads each `@ts-expect-error` and fails where there is no error. What Node
// lets through all the same is refused when flows are loaded: test/bundle/load.test.ts.
import { describe, expectTypeOf, it } from "vitest";
import { claimNamespace, external, flows, policy, role, secret, stage, text } from "#policy";
import assignDefaultRole from "../../hooks/assign-default-role.ts";
import groupsToRoles from "../../hooks/groups-to-roles.ts";
import rolesToTokens from "../../hooks/roles-to-tokens.ts";
import storeGroupRoles from "../../hooks/store-group-roles.ts";

describe("flows.ts", () => {
  it("takes declared roles and stage values only", () => {
    assignDefaultRole({ role: "customer" });
    // @ts-expect-error no such role
    assignDefaultRole({ role: "custmer" });
    // @ts-expect-error a role is the same in every stage
    assignDefaultRole({ role: stage("domain") });
    // @ts-expect-error no such stage value
    stage("claimsNamespace");
    // @ts-expect-error no secret is declared
    secret("claimNamespace");
  });

  it("takes the settings a policy has, and all of them", () => {
    // @ts-expect-error the role is missing
    assignDefaultRole({});
    // @ts-expect-error no such setting
    assignDefaultRole({ role: "customer", once: true });
    // @ts-expect-error a namespace is a text
    rolesToTokens({ namespace: 3 });
  });

  it("takes a policy only in flows it supports", () => {
    const namespace = "https://claims.test/";
    flows({
      login: [rolesToTokens({ namespace })],
      postUserRegistration: [assignDefaultRole({ role: "customer" })],
    });
    // @ts-expect-error there are no tokens after a registration
    flows({ postUserRegistration: [rolesToTokens({ namespace })] });
    // @ts-expect-error no such flow
    flows({ logn: [] });
    // @ts-expect-error a policy without settings is no step
    flows({ login: [assignDefaultRole] });
  });

  it("takes a policy only behind one that provides what it needs", () => {
    flows({
      login: [
        external("Audit"),
        groupsToRoles({}),
        assignDefaultRole({ role: "customer" }),
        storeGroupRoles({}),
      ],
    });
    // @ts-expect-error nothing provides the groups
    flows({ login: [storeGroupRoles({})] });
    // @ts-expect-error the groups come too late
    flows({ login: [storeGroupRoles({}), groupsToRoles({})] });
  });

  it("takes `enabled` and `onError` with any policy", () => {
    groupsToRoles({ enabled: stage("domain"), onError: "continue" });
    // @ts-expect-error neither true nor false
    groupsToRoles({ enabled: "no" });
    // @ts-expect-error no such way
    groupsToRoles({ onError: "ignore" });
  });
});

describe("a policy", () => {
  it("calls the operations it lists in `uses`, with what they take", () => {
    policy({
      name: "own",
      on: ["login"],
      settings: {},
      uses: ["users.get"],
      async run({ management }) {
        const user = await management("users.get", { id: "auth0|1" });
        expectTypeOf(user.user_id).toEqualTypeOf<string>();
        // @ts-expect-error not in `uses`
        await management("users.roles.assign", { id: "auth0|1", roles: [] });
        // @ts-expect-error users.get takes an id
        await management("users.get", {});
      },
    });
    // @ts-expect-error no such operation
    policy({ name: "own", on: ["login"], settings: {}, uses: ["users.role.assign"], run() {} });
  });

  it("calls nothing without `uses`", () => {
    policy({
      name: "own",
      on: ["login"],
      settings: {},
      async run({ management }) {
        // @ts-expect-error nothing is listed
        await management("users.get", { id: "auth0|1" });
      },
    });
  });

  it("sees what its flow has: no id before registration, no tokens after it", () => {
    policy({
      name: "own",
      on: ["preUserRegistration"],
      settings: {},
      run({ event, api }) {
        // @ts-expect-error there is no id yet
        event.user.user_id;
        // @ts-expect-error nor a token
        api.idToken;
        api.access.deny("reason", "message");
      },
    });
    policy({
      name: "own",
      on: ["postUserRegistration"],
      settings: {},
      run({ event, api }) {
        expectTypeOf(event.user.user_id).toEqualTypeOf<string>();
        // @ts-expect-error there are no tokens
        api.accessToken;
        // @ts-expect-error and nothing to deny
        api.access;
      },
    });
    policy({
      name: "own",
      on: ["login"],
      settings: {},
      run({ event }) {
        // @ts-expect-error secrets come as settings
        event.secrets;
        // @ts-expect-error only some logins are into an organization
        event.organization.id;
      },
    });
  });

  it("tells the flows apart that it stands in", () => {
    policy({
      name: "own",
      on: ["postUserRegistration", "login"],
      settings: {},
      run({ flow, event, api }) {
        // @ts-expect-error only logins have it
        event.authorization;
        if (flow === "login") api.authorization.addRole(event.authorization.roles[0] ?? "");
      },
    });
  });

  it("sees its settings by their kinds", () => {
    policy({
      name: "own",
      on: ["login"],
      settings: { first: role(), key: text(), namespace: claimNamespace() },
      grants: ["first"],
      run({ settings }) {
        expectTypeOf(settings.first).toEqualTypeOf<{ readonly id: string; readonly name: string }>();
        expectTypeOf(settings.key).toEqualTypeOf<string>();
        expectTypeOf(settings.namespace).toEqualTypeOf<string>();
        // @ts-expect-error no such setting
        settings.second;
      },
    });
    // @ts-expect-error grants by a setting it has not
    policy({ name: "own", on: ["login"], settings: {}, grants: ["first"], run() {} });
  });

  it("sets no claim that Auth0 drops", () => {
    policy({
      name: "own",
      on: ["login"],
      settings: {},
      run({ api }) {
        api.idToken.setCustomClaim("https://claims.test/roles", []);
        // @ts-expect-error Auth0's own claim
        api.idToken.setCustomClaim("roles", []);
      },
    });
  });
});
