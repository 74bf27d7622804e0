import { describe, expect, it } from "vitest";
import { TextResponse } from "../../tenant/text-response.ts";

const made = () =>
  new TextResponse('{"a":"é"}', { status: 201, headers: { "content-type": "application/json" } });

describe("a response of a text", () => {
  it("has the text at hand, with status and headers", () => {
    const response = made();
    expect(response.content).toBe('{"a":"é"}');
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  it("is read like any other, once", async () => {
    const response = made();
    const copy = response.clone();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual({ a: "é" });
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(/Body/);
    expect([copy.status, await copy.text()]).toEqual([201, '{"a":"é"}']);
    expect((await made().arrayBuffer()).byteLength).toBe(10);
    expect(await new Response(made().body).text()).toBe('{"a":"é"}');
  });
});
