import { parseDocument } from "yaml";
import type { Extensibility } from "../../model/flows.ts";

/** The dev stack's file with another tenant and extensibility; everything else as it is. */
export function stageFile(text: string, domain: string, extensibility: Extensibility): string {
  const document = parseDocument(text);
  document.setIn(["config", "auth0:domain"], domain);
  document.setIn(["config", "rolebook:extensibility"], extensibility);
  return document.toString();
}
