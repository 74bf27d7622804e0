import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call } = managementApi();

describe("a body that Auth0 would not take", () => {
  it.each([
    ["lacks a property", "/roles", { description: "x" }, "'Missing required property: name'."],
    ["has one too many", "/roles", { name: "x", colour: 1 }, "'Additional properties not allowed: colour'."],
    [
      "has another type",
      "/roles",
      { name: 1 },
      "'Expected type string but found type integer' on property name.",
    ],
    [
      "has null for an array",
      "/roles/rol_x/permissions",
      { permissions: null },
      "'Expected type array but found type null' on property permissions (array of resource_server_identifier, permission_name pairs).",
    ],
    [
      "has an empty array",
      "/users/auth0%7Cx/roles",
      { roles: [] },
      "'Array is too short (0), minimum 1' on property roles.",
    ],
    [
      "has a value that is not one of the allowed",
      "/resource-servers",
      { identifier: "x", signing_alg: "none" },
      "'No enum match for: none' on property signing_alg.",
    ],
    [
      "is wrong deep inside",
      "/resource-servers",
      { identifier: "x", scopes: [{ value: "a" }, { description: "b" }] },
      "'Missing required property: value' on property scopes[1].",
    ],
    [
      "has a number that is too large",
      "/resource-servers",
      { identifier: "x", token_lifetime: 2_592_001 },
      "'Value 2592001 is greater than maximum 2592000' on property token_lifetime.",
    ],
    [
      "has text that is too long",
      "/resource-servers",
      { identifier: "x", name: "n".repeat(201) },
      "'String is too long (201 chars), maximum 200' on property name.",
    ],
    [
      "has text of another form",
      "/rules",
      { name: "-x", script: "s" },
      "'String does not match pattern ^[a-zA-Z0-9]([ \\-a-zA-Z0-9]*[a-zA-Z0-9])?$: -x' on property name.",
    ],
    [
      "has an address that is none",
      "/users",
      { connection: "Username-Password-Authentication", email: "ada", password: "x" },
      "'Object didn't pass validation for format email: ada' on property email.",
    ],
  ])("because it %s is 400 in Auth0's words", async (_, path, body, message) => {
    expect(await call("POST", path, body)).toEqual({
      status: 400,
      body: {
        statusCode: 400,
        error: "Bad Request",
        message: `Payload validation error: ${message}`,
        errorCode: "invalid_body",
      },
    });
  });

  it("changes nothing", async () => {
    await call("POST", "/roles", { name: "buyer", colour: 1 });
    expect((await call("GET", "/roles")).body).toEqual([]);
  });
});

describe("a query that Auth0 would not take", () => {
  it.each([
    ["per_page=101", "'Value 101 is greater than maximum 100' on property per_page."],
    ["per_page=0", "'Value 0 is less than minimum 1' on property per_page."],
    ["take=1&from=nonsense", "'The checkpoint is invalid' on property from."],
  ])("%s is 400", async (query, message) => {
    expect(await call("GET", `/connections?${query}`)).toMatchObject({
      status: 400,
      body: { message: `Query validation error: ${message}`, errorCode: "invalid_query_string" },
    });
  });
});
