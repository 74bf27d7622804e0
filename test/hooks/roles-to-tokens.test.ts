import { describe, expect, it } from "vitest";
import { stage } from "#policy";
import rolesToTokens from "../../hooks/roles-to-tokens.ts";
import { runners } from "./lanes/index.ts";

/** Roles of the user, and what applications and APIs read. */
const cases: Record<string, [roles: string[]]> = {
  "nobody's roles are an empty list": [[]],
  "one role is a list of one": [["Customer"]],
  "several roles keep their order": [["Support Lead", "Customer"]],
};

describe.each(Object.entries(runners))("roles-to-tokens, %s", (_, run) => {
  it.each(Object.entries(cases))("%s, in both tokens", async (_, [roles]) => {
    const claims = { "https://claims.test/roles": roles };
    const result = await run({
      flow: "login",
      steps: [["hooks/roles-to-tokens.ts", rolesToTokens({ namespace: stage("claimNamespace") })]],
      event: { authorization: { roles } },
      stageValues: { claimNamespace: "https://claims.test/" },
    });
    expect(result).toEqual({ accessToken: claims, idToken: claims });
  });

  it("takes a namespace that is the same in every stage", async () => {
    const result = await run({
      flow: "login",
      steps: [["hooks/roles-to-tokens.ts", rolesToTokens({ namespace: "https://ours.test/" })]],
      event: { authorization: { roles: ["Customer"] } },
    });
    expect(result.idToken).toEqual({ "https://ours.test/roles": ["Customer"] });
  });
});
