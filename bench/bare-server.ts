// Node's own HTTPS server with a constant answer: what no tenant can be faster than.
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
  keyType: "ec",
  curve: "P-256",
  extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
});
const ca = join(mkdtempSync(join(tmpdir(), "rolebook-bench-")), "ca.pem");
writeFileSync(ca, cert);
const body = JSON.stringify({ id: "rol_abcdefghijklmnop", name: "Reader", description: "", type: "tenant" });
const server = createServer({ cert, key }, (_, response) => {
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
});
server.listen(0, "localhost", () => {
  const { port } = server.address() as AddressInfo; // not a pipe
  process.stdout.write(`${JSON.stringify({ url: `https://localhost:${port}`, ca })}\n`);
});
