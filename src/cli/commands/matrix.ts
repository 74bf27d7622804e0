import { matrixJson } from "../../report/matrix/json.ts";
import { matrixMarkdown } from "../../report/matrix/markdown.ts";
import { matrixSvg } from "../../report/matrix/svg.ts";
import { matrixText } from "../../report/matrix/text.ts";
import { matrixOf } from "../../review/index.ts";
import { choose, readOptions } from "../options.ts";
import { soundEstate } from "../sound-estate.ts";

const formats = { text: matrixText, markdown: matrixMarkdown, svg: matrixSvg, json: matrixJson } as const;
const formatNames = ["text", "markdown", "svg", "json"] as const;

/** Shows which roles and groups have which scopes, API by API. 2 if the checkout has errors. */
export async function matrix(args: readonly string[]): Promise<number> {
  const options = readOptions(args, { format: { type: "string" }, root: { type: "string" } });
  const format = choose("format", options.format ?? "text", formatNames);
  const { model } = soundEstate(options.root);
  process.stdout.write(formats[format](matrixOf(model)));
  return 0;
}
