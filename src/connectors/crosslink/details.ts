import { at, textAt } from "../json.ts";

/** Elements of ISO 18626 that describe the work, by the names that drafts use. */
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  title: ["bibliographicInfo", "title"],
  subtitle: ["bibliographicInfo", "subtitle"],
  author: ["bibliographicInfo", "author"],
  edition: ["bibliographicInfo", "edition"],
  series: ["bibliographicInfo", "seriesTitle"],
  component: ["bibliographicInfo", "titleOfComponent"],
  componentAuthor: ["bibliographicInfo", "authorOfComponent"],
  issue: ["bibliographicInfo", "issue"],
  pages: ["bibliographicInfo", "pagesRequested"],
  publisher: ["publicationInfo", "publisher"],
  published: ["publicationInfo", "publicationDate"],
};

/** The bibliographic particulars of a request; nothing of the patron is among them. */
export function detailsOf(request: unknown): Record<string, string> {
  const known: Record<string, string> = {};
  for (const [name, path] of Object.entries(DETAILS)) {
    const text = textAt(request, ...path);
    if (text !== undefined) known[name] = text;
  }
  const volume = at(request, "bibliographicInfo", "volume");
  const volumes = (Array.isArray(volume) ? volume : [volume]).filter(
    (one) => typeof one === "string" && one !== "",
  );
  if (volumes.length > 0) known["volume"] = volumes.join("; ");
  return known;
}
