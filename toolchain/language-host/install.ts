// `pulumi install`: the program's npm packages.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type handleServerStreamingCall, status } from "@grpc/grpc-js";
import message from "@pulumi/pulumi/proto/language_pb.js";

/** Installs what the lock file says, or package.json where there is none, and streams npm's output. */
export const installDependencies: handleServerStreamingCall<
  message.InstallDependenciesRequest,
  message.InstallDependenciesResponse
> = (call) => {
  const directory = call.request.getInfo()?.getProgramDirectory() ?? call.request.getDirectory();
  const command = existsSync(join(directory, "package-lock.json")) ? "ci" : "install";
  const npm = spawn("npm", [command], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  call.on("cancelled", () => npm.kill());
  npm.stdout.on("data", (chunk) => call.write(new message.InstallDependenciesResponse().setStdout(chunk)));
  npm.stderr.on("data", (chunk) => call.write(new message.InstallDependenciesResponse().setStderr(chunk)));
  const fail = (details: string) =>
    call.destroy(Object.assign(new Error(details), { code: status.UNKNOWN, details }));
  npm.on("error", (error) => fail(`npm could not be run: ${error.message}`));
  npm.on("close", (code) =>
    code === 0 ? call.end() : fail(`npm ${command} ended with exit status ${code}`),
  );
};
