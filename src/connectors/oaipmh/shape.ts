import type { MarcKind } from "../marc/read.ts";

/** How a source's beginning, a few thousand characters of it, says that it is written; undefined where it says nothing known. */
export function shapeOf(beginning: string): MarcKind | "oai" | undefined {
  const text = beginning.replace(/^\ufeff?\s*/, "");
  if (/^\d{5}/.test(text)) return "iso2709";
  if (/^[[{]/.test(text)) return /^\{\s*"(sourceRecords|totalRecords)"/.test(text) ? "folio" : "json";
  if (!text.startsWith("<")) return undefined;
  const root = /<([^\s<>?!/][^\s<>/]*)/.exec(text.replace(/<!--.*?-->/gs, ""))?.[1];
  return root !== undefined && /^(.*:)?OAI-PMH$/.test(root) ? "oai" : "xml";
}
