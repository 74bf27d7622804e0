import { afterAll, describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { createEstate } from "../../support/estate.ts";

const estate = await createEstate({ listen: true });
const { tenant, manage, roleId } = estate;
afterAll(() => tenant.close());

describe("a hook that somebody wrote by hand", () => {
  it("stores a role with the package auth0 and its own credentials, and the log says so", async () => {
    const { id } = await manage<{ id: string }>("POST", "/hooks", {
      name: "default role",
      triggerId: "post-user-registration",
      dependencies: { auth0: packageJson.devDependencies.auth0 },
      enabled: true,
      script: `const { ManagementClient } = require('auth0');
        module.exports = async function (user, context, cb) {
          const { DOMAIN, CLIENT_ID, CLIENT_SECRET } = context.webtask.secrets;
          const management = new ManagementClient({ domain: DOMAIN, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
          try {
            await management.users.roles.assign('auth0|' + user.id, { roles: ['${roleId}'] });
            cb(null, user, context);
          } catch (error) {
            cb(error);
          }
        };`,
    });
    const { clientId, clientSecret } = tenant.deployer;
    await manage("POST", `/hooks/${id}/secrets`, {
      DOMAIN: tenant.domain,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
    });
    const { body } = await estate.signUp("ada@example.com");
    await tenant.settled();
    const userId = `auth0|${body._id}`;
    const entry = tenant.logs().findLast(({ type }) => type === "execution" || type === "fpurh");
    expect(entry).toMatchObject({
      type: "execution",
      details: {
        policies: [
          {
            name: "default role",
            outcome: "ok",
            effects: [
              { type: "request", name: `POST ${tenant.url}/oauth/token`, value: 200 },
              {
                type: "request",
                name: `POST ${tenant.url}/api/v2/users/${encodeURIComponent(userId)}/roles`,
                value: 204,
              },
            ],
          },
        ],
      },
    });
    expect(await manage("GET", `/users/${encodeURIComponent(userId)}/roles`)).toMatchObject([{ id: roleId }]);
    expect(JSON.stringify(entry)).not.toContain(clientSecret);
  });
});
