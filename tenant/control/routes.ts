import { type Context, Hono } from "hono";
import type { z } from "zod";
import { parseJson, readText } from "../body.ts";
import { isTime } from "../clock.ts";
import { TenantError } from "../errors.ts";
import { faultShape } from "../faults.ts";
import { ControlError } from "./errors.ts";
import { eventStream } from "./events.ts";
import { createGuard } from "./guard.ts";
import type { Controlled } from "./index.ts";
import { clockChange, forkChange, snapshotShape } from "./shapes.ts";

/** Bytes of a body; a snapshot may have more. */
const LARGEST = 1 << 20;
const LARGEST_SNAPSHOT = 1 << 30;

/** The routes of the control API, below `/.tenant`. Streams end when `ending` is aborted. */
export function controlRoutes(
  controlled: Controlled,
  ending: AbortSignal,
): (request: Request) => Response | Promise<Response> {
  const { tenant } = controlled;
  const guard = createGuard(tenant.url, tenant.control.token);
  const app = new Hono({ strict: false }).basePath("/.tenant");

  app.use(async ({ req }, next) => {
    guard(req.raw);
    await next();
  });
  app.get("/", (c) => {
    const { url, domain, ca } = tenant;
    return c.json({ url, domain, ca: ca.path, time: timeOf(controlled) });
  });

  app.get("/calls", (c) => c.json(tenant.calls()));
  app.get("/unknown-endpoints", (c) => c.json(tenant.unknownEndpoints()));
  app.get("/logs", (c) => c.json(tenant.logs()));
  app.get("/events", () => eventStream(controlled, ending));
  app.post("/settled", async (c) => {
    await tenant.settled();
    return c.body(null, 204);
  });

  app.get("/faults", (c) => c.json(tenant.faults.list()));
  app.post("/faults", async (c) => c.json(tenant.faults.add(await read(c, faultShape)), 201));
  app.delete("/faults", (c) => {
    tenant.faults.clear();
    return c.body(null, 204);
  });

  const setClock = (now: number) => {
    if (!isTime(now))
      throw new ControlError(400, "invalid_body", "The clock shows times from 1970 to 9999 only");
    tenant.clock.set(now);
  };
  app.get("/clock", (c) => c.json(timeOf(controlled)));
  app.post("/clock", async (c) => {
    const change = await read(c, clockChange);
    if ("advance" in change) setClock(tenant.clock.now() + change.advance);
    else if ("set" in change) setClock(Date.parse(change.set));
    else if ("freeze" in change) tenant.clock.freeze();
    else tenant.clock.run();
    return c.json(timeOf(controlled));
  });

  app.get("/snapshot", (c) => c.json(tenant.snapshot()));
  app.post("/restore", async (c) => {
    tenant.restore(await read(c, snapshotShape, LARGEST_SNAPSHOT));
    return c.body(null, 204);
  });
  app.post("/reset", (c) => {
    tenant.reset();
    return c.body(null, 204);
  });
  app.post("/fork", async (c) => {
    const { url, ca, control } = await tenant.fork(defined(await read(c, forkChange)));
    return c.json({ url, ca: ca.path, control }, 201);
  });

  app.all("*", ({ req }) => {
    const endpoint = `${req.method} ${req.path}`;
    throw new ControlError(404, "no_endpoint", `There is no ${endpoint}; docs/tenant.md lists what there is`);
  });
  app.onError((error, c) => {
    if (error instanceof ControlError)
      return c.json({ error: { code: error.code, message: error.message } }, error.status);
    if (error instanceof TenantError)
      return c.json({ error: { code: error.code, message: error.message } }, 409);
    console.error("the local tenant has a bug:", error);
    return c.json({ error: { code: "bug", message: "Something went wrong in the local tenant" } }, 500);
  });
  return (request) => app.fetch(request);
}

const timeOf = ({ tenant: { clock } }: Controlled) => ({ now: clock.iso(), isFrozen: clock.isFrozen() });

/** The JSON body in the shape of `schema`; no body stands for an empty object. */
async function read<Shape extends z.ZodType>(
  { req }: Context,
  schema: Shape,
  largest = LARGEST,
): Promise<z.output<Shape>> {
  const { text, failure } = await readText(req, largest);
  if (failure === "too-large")
    throw new ControlError(413, "too_large", `The body has more than ${largest} bytes`);
  if (failure === "cut-off") throw new ControlError(400, "invalid_json", "The body ended too early");
  const parsed = schema.safeParse(fromJson(text));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": "),
  );
  throw new ControlError(400, "invalid_body", `The body is not as docs/tenant.md says: ${issues.join("; ")}`);
}

function fromJson(text: string): unknown {
  try {
    return text === "" ? {} : parseJson(text);
  } catch {
    throw new ControlError(400, "invalid_json", "The body is no JSON");
  }
}

/** Without the fields that are there and undefined. */
const defined = <Fields extends object>(fields: Fields) =>
  // exactly what JSON makes of it
  JSON.parse(JSON.stringify(fields)) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };
