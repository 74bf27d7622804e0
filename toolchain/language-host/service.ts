// The methods of Pulumi's LanguageRuntime service that deployments use. grpc-js answers the others (converting
// programs, generating SDKs) with "unimplemented", which the engine takes for an answer.
import {
  type handleUnaryCall,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import message from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { version } from "@pulumi/pulumi/version.js";
import { installDependencies } from "./install.ts";
import { dependenciesOf, requiredPlugins } from "./packages.ts";
import { runProgram } from "./program.ts";

/** The handlers by method name, for a gRPC server of `LanguageRuntimeService`. */
export const handlers: UntypedServiceImplementation = {
  getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),

  getRequiredPackages: unary((request: message.GetRequiredPackagesRequest) =>
    new message.GetRequiredPackagesResponse().setPackagesList(
      requiredPlugins(request.getInfo()?.getProgramDirectory() ?? ".").map(({ name, version, server }) =>
        new plugin.PackageDependency()
          .setName(name)
          .setKind("resource")
          .setVersion(version)
          .setServer(server),
      ),
    ),
  ),

  getProgramDependencies: unary((request: message.GetProgramDependenciesRequest) =>
    new message.GetProgramDependenciesResponse().setDependenciesList(
      dependenciesOf(request.getInfo()?.getProgramDirectory() ?? ".").map(({ name, version }) =>
        new message.DependencyInfo().setName(name).setVersion(version),
      ),
    ),
  ),

  about: unary(() => new message.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),

  run: unary(async (request: message.RunRequest, cancelled) => {
    const info = request.getInfo();
    const outcome = await runProgram(
      {
        programDirectory: info?.getProgramDirectory() ?? request.getPwd(),
        rootDirectory: info?.getRootDirectory() ?? request.getPwd(),
        entryPoint: info?.getEntryPoint() ?? request.getProgram(),
        options: info?.getOptions()?.toJavaScript() ?? {},
        pwd: request.getPwd(),
        args: request.getArgsList(),
        project: request.getProject(),
        stack: request.getStack(),
        organization: request.getOrganization(),
        config: Object.fromEntries(request.getConfigMap().getEntryList()),
        secretKeys: request.getConfigsecretkeysList(),
        dryRun: request.getDryrun(),
        parallel: request.getParallel(),
        monitor: request.getMonitorAddress(),
        engine: process.argv.at(-1) ?? "",
      },
      cancelled,
    );
    return new message.RunResponse().setError(outcome.error).setBail(outcome.bail);
  }),

  installDependencies,
};

function unary<Request, Response>(
  answer: (request: Request, cancelled: AbortSignal) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return async (call, reply) => {
    const cancellation = new AbortController();
    call.on("cancelled", () => cancellation.abort());
    try {
      reply(null, await answer(call.request, cancellation.signal));
    } catch (error) {
      reply(refusal(error));
    }
  };
}

function refusal(error: unknown): Partial<ServiceError> {
  return { code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}
