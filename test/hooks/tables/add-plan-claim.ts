import { stage } from "#policy";
import addPlanClaim from "../../../hooks/add-plan-claim.ts";
import { adapted, claims, table } from "../cases.ts";

export default table({
  policy: "add-plan-claim",
  flow: "credentialsExchange",
  steps: [["add-plan-claim", addPlanClaim({ namespace: stage("claimNamespace") })]],
  cases: [
    {
      who: "a machine of a client with a plan has it in its token",
      comes: { client: { metadata: { plan: "gold" } } },
      out: { accessToken: claims({ plan: "gold" }) },
    },
    { who: "a machine of a client without metadata has no plan", out: {} },
    {
      who: "a machine of a client whose plan is empty has none",
      comes: { client: { metadata: { plan: "" } } },
      out: {},
    },
    {
      who: "a plan of any letters comes as it is",
      comes: { client: { metadata: { plan: '"__proto__", größer 🎉' } } },
      out: { accessToken: claims({ plan: '"__proto__", größer 🎉' }) },
    },
    {
      who: "metadata that is no object counts as none",
      comes: { client: { metadata: "gold" as never } },
      out: {},
      differs: adapted,
    },
  ],
});
