// The program `pulumi-language-nodejs`: the engine starts it, reads the port from its first line and asks it over
// gRPC to run Node.js programs. Bundled into one file, because the copy in the cache outlives the clone it came from.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { endPrograms } from "./program.ts";
import { handlers } from "./service.ts";

function end(): void {
  endPrograms();
  process.exit(0);
}

process.on("SIGINT", end);
process.on("SIGTERM", end);
// The engine holds the other end of the standard input: when it closes, the engine is gone, perhaps without a word.
process.stdin.on("end", end).on("error", end).resume();

const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
const server = new Server(unlimited);
server.addService(service.LanguageRuntimeService, handlers);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
