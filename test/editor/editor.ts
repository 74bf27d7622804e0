// An editor without a screen: it speaks with the real YAML language server, as editors do.
import { spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  MarkupContent,
  type Position,
  PublishDiagnosticsNotification,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { root } from "../support/shipped.ts";

/** What is underlined in a text, and why. */
export interface Problem {
  readonly marked: string;
  readonly message: string;
}

/** Texts are opened as new files of a folder of the checkout; `|` is where the cursor is. */
export interface Editor {
  /** What is offered at the cursor, sorted. */
  completions(folder: string, text: string): Promise<readonly string[]>;
  /** What is shown about the word at the cursor. */
  hover(folder: string, text: string): Promise<string>;
  /** In the order of the text. */
  problems(folder: string, text: string): Promise<readonly Problem[]>;
  close(): Promise<void>;
}

const settings: Readonly<Record<string, unknown>> = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } },
};

/** The editor, its server started. */
export async function openEditor(): Promise<Editor> {
  const program = fileURLToPath(import.meta.resolve("yaml-language-server/bin/yaml-language-server"));
  const server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section = "" }) => settings[section] ?? null),
  );
  const waiting = new Map<string, (problems: readonly Found[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
    waiting.get(uri)?.(diagnostics),
  );
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {
      workspace: { configuration: true },
      textDocument: { hover: { contentFormat: ["markdown"] } },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  let opened = 0;
  /** What `ask` finds out while the text is open, and what the server finds in it meanwhile. */
  async function open<T>(
    folder: string,
    text: string,
    ask: (textDocument: { readonly uri: string }, problems: Promise<readonly Found[]>) => Promise<T>,
  ): Promise<T> {
    opened += 1;
    const uri = pathToFileURL(`${root}/${folder}/opened-${opened}.yaml`).href;
    const { promise, resolve } = Promise.withResolvers<readonly Found[]>();
    waiting.set(uri, resolve);
    const textDocument = { uri, languageId: "yaml", version: 1, text };
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    const answer = await ask({ uri }, promise);
    await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    return answer;
  }

  return {
    completions: (folder, marked) => {
      const { text, position } = atCursor(marked);
      return open(folder, text, async (textDocument) => {
        const answer = await connection.sendRequest(CompletionRequest.type, { textDocument, position });
        const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
        return items.map(({ label }) => label).sort();
      });
    },
    hover: (folder, marked) => {
      const { text, position } = atCursor(marked);
      return open(folder, text, async (textDocument) => {
        const answer = await connection.sendRequest(HoverRequest.type, { textDocument, position });
        return MarkupContent.is(answer?.contents) ? answer.contents.value : "";
      });
    },
    problems: (folder, text) =>
      open(folder, text, async (_, problems) =>
        (await problems).map(({ range, message }) => ({
          marked: within(text, range),
          message: MarkupContent.is(message) ? message.value : message,
        })),
      ),
    close: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      connection.dispose();
    },
  };
}

interface Found {
  readonly range: Range;
  readonly message: string | MarkupContent;
}

function atCursor(marked: string): { readonly text: string; readonly position: Position } {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { text: marked.replace("|", ""), position };
}

/** What stands in the range, up to the end of its first line. */
function within(text: string, { start, end }: Range): string {
  const line = text.split("\n")[start.line] ?? "";
  return line.slice(start.character, end.line === start.line ? end.character : line.length);
}
