import { lookup } from "node:dns/promises";
import type { ServerResponse } from "node:http";
import type { Server } from "node:https";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { TlsMaterial } from "./certificate.ts";
import { TenantError } from "./errors.ts";
import { NoAnswer } from "./gate.ts";
import { TextResponse } from "./text-response.ts";

/** A listening server, on every loopback address that `localhost` means on this machine. */
export interface LoopbackServer {
  readonly port: number;
  /** Ends all connections, those that are kept alive included, and frees the port. */
  close(): Promise<void>;
}

/** How often a free port is looked for that is free on all addresses. */
const ATTEMPTS = 10;

/**
 * Serves `fetch` over TLS on a port of the loopback addresses; port 0 takes a free one. Nothing outside this machine
 * can connect. A `NoAnswer` that `fetch` rejects with ends the connection. Throws a `TenantError`: `port-taken`, `port-forbidden`.
 */
export async function listenOnLoopback(
  port: number,
  { certificate, key }: TlsMaterial,
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<LoopbackServer> {
  const addresses = await loopbackAddresses();
  const listener = getRequestListener(
    async (request, connection) => {
      const outgoing = connection.outgoing as ServerResponse; // no HTTP/2 here
      try {
        return send(await fetch(request), outgoing);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    { overrideGlobalObjects: false },
  );
  const start = () =>
    createServer({ cert: certificate, key }, (request, response) => void listener(request, response));
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    const close = async () => void (await Promise.all(servers.map(end)));
    try {
      let chosen = port;
      for (const address of addresses) {
        const server = start();
        await listen(server, chosen, address);
        servers.push(server);
        chosen = (server.address() as AddressInfo).port; // not a pipe
      }
      return { port: chosen, close };
    } catch (error) {
      await close();
      const isTaken = codeOf(error) === "EADDRINUSE";
      if (!isTaken || port !== 0 || attempt === ATTEMPTS) throw explain(error, port);
    }
  }
}

/** Writes a response whose text is at hand, in one piece with its headers; leaves any other to the listener. */
function send(response: Response, outgoing: ServerResponse): Response {
  if (!(response instanceof TextResponse)) return response;
  const headers = Object.fromEntries(response.headers);
  outgoing.writeHead(response.status, { ...headers, "content-length": Buffer.byteLength(response.content) });
  outgoing.end(response.content);
  return RESPONSE_ALREADY_SENT;
}

async function loopbackAddresses(): Promise<readonly string[]> {
  const found = await lookup("localhost", { all: true }).catch(() => []);
  const hasIpv6 = found.some(({ address }) => address === "::1");
  return hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });

const end = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);

function explain(error: unknown, port: number): unknown {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new TenantError(
        "port-taken",
        `port ${port} is in use by another program; stop it, or choose another port`,
        { cause: error },
      );
    case "EACCES":
      return new TenantError("port-forbidden", `port ${port} may not be used by you; choose one above 1023`, {
        cause: error,
      });
    default:
      return error;
  }
}
