import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call } = managementApi();

describe("what a tenant cannot have", () => {
  it("is listed as nothing: modules of actions", async () => {
    expect(await call("GET", "/actions/modules?page=0&per_page=100")).toEqual({
      status: 200,
      body: { modules: [], total: 0, page: 0, per_page: 100 },
    });
  });

  it("is listed as nothing: directories that provision connections", async () => {
    expect(await call("GET", "/connections-directory-provisionings?take=50")).toEqual({
      status: 200,
      body: { directory_provisionings: [] },
    });
  });
});
