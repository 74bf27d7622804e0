import { parseDocument } from "yaml";
import type { Extensibility } from "../../model/flows.ts";

/** The dev stack's file with another tenant and, if given, another extensibility; everything else as it is. */
export function stageFile(text: string, domain: string, extensibility: Extensibility | undefined): string {
  const document = parseDocument(text);
  document.setIn(["config", "auth0:domain"], domain);
  if (extensibility) document.setIn(["config", "rolebook:extensibility"], extensibility);
  return document.toString();
}
