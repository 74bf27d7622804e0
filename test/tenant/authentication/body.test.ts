import { expect, it, onTestFinished } from "vitest";
import { createTenant } from "../../../tenant/index.ts";

async function post(bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const tenant = await createTenant({ listen: false });
  onTestFinished(() => tenant.close());
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return tenant.fetch("/oauth/token", { method: "POST", body, duplex: "half" } as RequestInit); // its type lacks `duplex`
}

it("a form that comes without a length is read", async () => {
  const answer = await post(new TextEncoder().encode("grant_type=nonsense"));
  expect(await answer.json()).toMatchObject({
    error: expect.stringMatching(/unsupported_grant_type|invalid_request/),
  });
});

it("a body of more than 100 kB is refused, with a length or without", async () => {
  const answer = await post(new Uint8Array(100_001));
  expect(answer.status).toBe(413);
});
