// The wall around what policies may connect to. It stands in JavaScript, in the sandbox process: Node's permission model
// has no switch for the network.

import dns from "node:dns";
import net from "node:net";
import { harden } from "./harden.ts";

/** Hosts that policies may connect to: `name`, or `name:port`; `all` for no wall. */
export type Network = "all" | readonly string[];

/** As libuv numbers it, negative. */
const EACCES = -13;

let isAllowed: (host: string, port: number | undefined) => boolean = () => true;

/** Why a connection is refused, or undefined if it is allowed. `port` undefined stands for looking a name up. */
export function refusalOf(host: string, port: number | undefined): Error | undefined {
  if (isAllowed(host, port)) return undefined;
  const place = port === undefined ? host : `${host}:${port}`;
  const message = `the sandbox may not connect to ${place}: name it in the tenant's option "network", --network on the command line`;
  return Object.assign(new Error(message), { code: "ERR_ACCESS_DENIED", host: place });
}

/** Puts up the wall: from now on every connection of this process is held against the list. */
export function restrictNetwork(network: Network): void {
  guardServers();
  if (network === "all") return;
  const allowed = network.map((entry) => splitHost(entry));
  const addresses = new Set<string>();
  isAllowed = (host, port) =>
    allowed.some(
      (one) =>
        sameHost(one.host, host) && (port === undefined || one.port === undefined || one.port === port),
    );
  const approve = (host: string, address: string) => {
    for (const one of allowed) if (sameHost(one.host, host)) addresses.add(`${address} ${one.port ?? "*"}`);
  };
  guardHandles((address, port) => {
    const known = addresses.has(`${address} *`) || addresses.has(`${address} ${port}`);
    return known || isAllowed(address, port);
  });
  guardSockets();
  guardNames(approve);
}

function splitHost(entry: string): { readonly host: string; readonly port: number | undefined } {
  const [, host = entry, port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (host.includes(":") && !host.startsWith("[")) return { host: entry, port: undefined };
  return { host: bare(host), port: port === undefined ? undefined : Number(port) };
}

const bare = (host: string) => host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
const sameHost = (one: string, other: string) => one === bare(other);

/** A policy is a client only: what it listened on would outlive it. */
function guardServers(): void {
  net.Server.prototype.listen = () => {
    throw Object.assign(new Error("the sandbox may not listen"), { code: "ERR_ACCESS_DENIED" });
  };
}

function guardSockets(): void {
  const connect = net.Socket.prototype.connect as (this: net.Socket, ...values: unknown[]) => net.Socket;
  // Node's own reading of the many forms of arguments; http, tls and fetch call it in this form already.
  const { _normalizeArgs: normalize } = net as unknown as {
    _normalizeArgs(values: unknown[]): [net.NetConnectOpts, unknown];
  };
  net.Socket.prototype.connect = function (this: net.Socket, ...values: unknown[]): net.Socket {
    const [options] = Array.isArray(values[0]) ? (values[0] as [net.NetConnectOpts]) : normalize(values);
    const refusal =
      "path" in options && options.path
        ? refusalOf(String(options.path), undefined)
        : refusalOf(
            (options as net.TcpNetConnectOpts).host ?? "localhost",
            Number((options as net.TcpNetConnectOpts).port),
          );
    if (!refusal) return connect.apply(this, values);
    process.nextTick(() => this.destroy(refusal));
    return this;
  } as typeof net.Socket.prototype.connect;
}

/** Only names of allowed hosts are looked up; asking a name server directly would reach beyond the list. */
function guardNames(approve: (host: string, address: string) => void): void {
  const { lookup } = dns;
  const guarded = (name: string, options: unknown, callback?: unknown): void => {
    const done = (typeof options === "function" ? options : callback) as (...values: unknown[]) => void;
    const settings = (typeof options === "function" ? {} : options) as dns.LookupOptions;
    const refusal = refusalOf(name, undefined);
    if (refusal) {
      process.nextTick(done, refusal);
      return;
    }
    lookup(name, settings, (error, found, family) => {
      const answers = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      if (!error) for (const address of answers as string[]) approve(name, address);
      done(error, found, family);
    });
  };
  dns.lookup = guarded as typeof dns.lookup;
  dns.promises.lookup = ((name: string, options: dns.LookupOptions = {}) =>
    new Promise((resolve, reject) => {
      guarded(name, options, (error: unknown, address: unknown, family: unknown) => {
        if (error) reject(error as Error);
        else resolve((options.all ? address : { address, family }) as dns.LookupAddress);
      });
    })) as typeof dns.promises.lookup;
}

/** The same on the level below, which code that gets hold of a socket's handle could use. */
function guardHandles(isKnown: (address: string, port: number) => boolean): void {
  const pipe = new net.Socket().on("error", () => {}).connect({ path: "/" });
  const tcp = (
    net as unknown as { _createServerHandle(host: string, port: number, family: 4): Handle }
  )._createServerHandle("127.0.0.1", 0, 4);
  const prototypes = [tcp, (pipe as unknown as { _handle: Handle })._handle].map(
    (handle) => Object.getPrototypeOf(handle) as Record<string, Native | undefined>,
  );
  tcp.close();
  pipe.destroy();
  for (const prototype of prototypes) {
    for (const name of ["bind", "bind6", "listen", "open", "fchmod"])
      if (prototype[name]) prototype[name] = () => EACCES;
    for (const name of ["connect", "connect6"]) {
      const native = prototype[name];
      if (!native) continue;
      prototype[name] = function (this: unknown, request: unknown, address: unknown, port: unknown) {
        return isKnown(String(address), Number(port)) ? native.call(this, request, address, port) : EACCES;
      };
    }
    harden(prototype);
  }
}

interface Handle {
  close(): void;
}
type Native = (this: unknown, ...values: unknown[]) => unknown;
