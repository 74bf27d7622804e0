import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The files by which other programs find the tenant and trust it. */
export interface Announcement {
  /** Path of the authority's certificate, for `SSL_CERT_FILE` and `NODE_EXTRA_CA_CERTS`. */
  caPath(): string;
  /** Takes away what would mislead, or what nobody needs, once the tenant has ended. */
  withdraw(): void;
}

/** What `tenant.json` says, for programs of the same user that want to talk to the running tenant. */
interface Contents {
  readonly url: string;
  readonly domain: string;
  readonly deployer: { readonly clientId: string; readonly clientSecret: string };
  readonly control: { readonly url: string; readonly token: string };
}

/**
 * Writes `ca.pem` and `tenant.json` (with the process's id, mode 0600) into the state directory. A tenant in memory has
 * no directory: its `ca.pem` goes into one of its own when somebody asks for the path.
 */
export function announce(directory: string | undefined, ca: string, contents: Contents): Announcement {
  if (directory === undefined) return announceInMemory(ca);
  const caPath = join(directory, "ca.pem");
  const self = join(directory, "tenant.json");
  write(caPath, ca);
  write(self, `${JSON.stringify({ ...contents, ca: caPath, pid: process.pid }, null, 2)}\n`);
  return { caPath: () => caPath, withdraw: () => rmSync(self, { force: true }) };
}

function announceInMemory(ca: string): Announcement {
  let made: string | undefined;
  return {
    caPath: () => {
      if (made === undefined) {
        made = mkdtempSync(join(tmpdir(), "rolebook-tenant-"));
        write(join(made, "ca.pem"), ca);
      }
      return join(made, "ca.pem");
    },
    withdraw: () => {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** In place of the old file in one step, so that nobody reads half of it. */
function write(path: string, text: string): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, path);
}
