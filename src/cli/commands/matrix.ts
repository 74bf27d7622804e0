import { matrixJson } from "../../report/matrix/json.ts";
import { matrixMarkdown } from "../../report/matrix/markdown.ts";
import { matrixSvg } from "../../report/matrix/svg.ts";
import { matrixText } from "../../report/matrix/text.ts";
import { matrixOf } from "../../review/index.ts";
import { choose, readOptions } from "../options.ts";
import { unknownSubject } from "../question.ts";
import { soundEstate } from "../sound-estate.ts";

const formats = { text: matrixText, markdown: matrixMarkdown, svg: matrixSvg, json: matrixJson } as const;
const formatNames = ["text", "markdown", "svg", "json"] as const;

/**
 * Shows which roles and groups have which scopes, API by API, or of the one that --api names. 2 if there is no such API, or
 * the checkout has errors.
 */
export async function matrix(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    api: { type: "string" },
    format: { type: "string" },
    root: { type: "string" },
  });
  const format = choose("format", options.format ?? "text", formatNames);
  const { model } = soundEstate(options.root);
  const matrices = matrixOf(model).filter(({ api }) => options.api === undefined || api === options.api);
  if (options.api !== undefined && matrices.length === 0)
    throw unknownSubject(
      `no API has the key "${options.api}"`,
      options.api,
      model.apis.map(({ key }) => key),
      "keys are the names of the files in rbac/apis/",
    );
  process.stdout.write(formats[format](matrices));
  return 0;
}
