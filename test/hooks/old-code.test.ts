import { afterAll, beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { claimsOf } from "../support/estate.ts";
import { type Deployed, deploy, ownOrder } from "./deployed.ts";
import { firstRole } from "./race.ts";

// Code of the kind that people have had in their tenants for years, beside ours.

let estate: Deployed;
const email = "ada@example.com";
let id = "";

beforeAll(async () => {
  const { login = [] } = firstRole;
  estate = await deploy(
    "rules and hooks",
    { login },
    {
      front: (request, tenant) => {
        const { pathname } = new URL(request.url);
        if (!pathname.startsWith("/authorization-extension/")) return tenant(request);
        const isKeyed = request.headers.get("x-api-key") === "the key";
        return isKeyed
          ? Response.json({ groups: ["Staff"], roles: ["Editor"], permissions: ["write:pages"] })
          : new Response(null, { status: 401 });
      },
    },
  );
  const { manage, tenant } = estate;
  await manage("PUT", "/rules-configs/EXTENSION_URL", { value: `${tenant.url}/authorization-extension` });
  await manage("PUT", "/rules-configs/EXTENSION_KEY", { value: "the key" });
  await addRule("extension", ownOrder - 2, extensionRule);
  await addRule("before ours", ownOrder - 1, ruleBefore);
  await addRule("behind ours", ownOrder + 1, ruleBehind);
  await addHook();
  const { body } = await estate.signUp(email);
  id = `auth0|${body._id}`;
  await tenant.settled();
});
afterAll(() => estate.tenant.close());

const addRule = (name: string, order: number, script: string) =>
  estate.manage("POST", "/rules", { name, order, script, enabled: true });

async function addHook(): Promise<void> {
  const { id: hook } = await estate.manage<{ id: string }>("POST", "/hooks", {
    name: "accountants",
    triggerId: "post-user-registration",
    dependencies: { auth0: packageJson.devDependencies.auth0 },
    enabled: true,
    script: hookWithPackage,
  });
  const { clientId, clientSecret } = estate.tenant.deployer;
  await estate.manage("POST", `/hooks/${hook}/secrets`, {
    DOMAIN: estate.tenant.domain,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    ROLE: estate.roleIds.accountant,
  });
}

const hookWithPackage = `
  const { ManagementClient } = require('auth0');
  module.exports = function (user, context, cb) {
    const secrets = context.webtask.secrets;
    const management = new ManagementClient({
      domain: secrets.DOMAIN, clientId: secrets.CLIENT_ID, clientSecret: secrets.CLIENT_SECRET
    });
    management.users.roles.assign('auth0|' + user.id, { roles: [secrets.ROLE] })
      .then(function () { cb(null, { user: user }); }, cb);
  };`;

/** As the Authorization Extension publishes it: what it finds is on the user, for this login, and in no token. */
const extensionRule = `function (user, context, callback) {
  request.post({
    url: configuration.EXTENSION_URL + '/api/users/' + user.user_id + '/policy/' + context.clientID,
    headers: { 'x-api-key': configuration.EXTENSION_KEY },
    json: { connectionName: context.connection || user.identities[0].connection, groups: user.groups || [] },
    timeout: 5000
  }, function (error, response, found) {
    if (error) return callback(new UnauthorizedError('Authorization Extension: ' + error.message));
    if (response.statusCode !== 200) return callback(new UnauthorizedError('Authorization Extension: ' + response.statusCode));
    user.groups = found.groups;
    user.roles = found.roles;
    user.permissions = found.permissions;
    callback(null, user, context);
  });
}`;

const ruleBefore = `function (user, context, callback) {
  context.idToken['https://old.test/first'] = true;
  context.accessToken['https://old.test/roles'] = user.roles;
  user.app_metadata = user.app_metadata || {};
  callback(null, user, context);
}`;

const ruleBehind = `function (user, context, callback) {
  "use strict";
  user.app_metadata.touched = true;
  context.authorization.roles.push('Pushed');
  context.idToken['https://claims.test/roles'].push('Pushed');
  context.idToken['https://old.test/last'] = {
    roles: context.authorization.roles,
    ours: context.idToken['https://claims.test/roles'],
    remembered: user.app_metadata.firstRoleGiven,
    groups: user.groups
  };
  callback(null, user, context);
}`;

describe("hand-written hooks and rules beside ours", () => {
  it("still do what they did: a hook with the package auth0 assigns a role", async () => {
    expect(await estate.rolesOf(id)).toEqual(["Accountant"]);
  });

  it("see what ours do, and ours leave theirs alone", async () => {
    const { body } = await estate.logIn(email);
    expect(claimsOf(body.id_token)).toMatchObject({
      "https://claims.test/roles": ["Accountant", "Pushed"],
      "https://old.test/first": true,
      "https://old.test/last": {
        roles: ["Accountant", "Pushed"],
        ours: ["Accountant", "Pushed"],
        remembered: true,
        groups: ["Staff"],
      },
    });
    expect(claimsOf(body.access_token)).toMatchObject({
      "https://claims.test/roles": ["Accountant"],
      "https://old.test/roles": ["Editor"],
    });
    const user = await estate.manage("GET", `/users/${encodeURIComponent(id)}`);
    expect(user).toMatchObject({ app_metadata: { firstRoleGiven: true } });
  });

  it("deny as they did, before ours has done anything", async () => {
    await estate.manage("PUT", "/rules-configs/EXTENSION_KEY", { value: "another key" });
    const { body } = await estate.logIn(email);
    expect(body).toMatchObject({ error: "unauthorized", error_description: "Authorization Extension: 401" });
  });
});
