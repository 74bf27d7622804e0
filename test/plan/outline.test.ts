import { expect, it } from "vitest";
import { outline } from "../../src/plan/index.ts";
import { api, client, model, role } from "../support/models.ts";

it("outlines who may do what by key, with templates unfilled", () => {
  const estate = model({
    apis: [api("orders", ["read:orders", "cancel:orders"])],
    roles: [role("clerk", ["orders/cancel:orders", "orders/read:orders"], { name: "Clerk" })],
    clients: [client("worker", { orders: ["read:orders"] }, { metadata: { plan: "gold" } })],
  });
  expect(outline(estate)).toEqual({
    apis: { orders: "https://orders.${domain}/; 3600 s; cancel:orders read:orders" },
    roles: { clerk: "Clerk; orders: cancel:orders read:orders" },
    groups: {},
    clients: { worker: "machine; orders (client): read:orders; plan=gold" },
  });
});
