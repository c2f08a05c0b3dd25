import type { Request } from "../request.ts";

/** The bibliographic particulars of a request, field by field; nothing of the reader is among them. */
export function detailsOf(request: Request): Readonly<Record<string, string>> {
  const { bibliographicInfo: work = {}, publicationInfo: publication = {} } = request;
  const ids = work.bibliographicItemId?.map(
    (id) => `${id.bibliographicItemIdentifierCode.value}:${id.bibliographicItemIdentifier}`,
  );
  const all = {
    title: work.title,
    subtitle: work.subtitle,
    author: work.author,
    edition: work.edition,
    series: work.seriesTitle,
    component: work.titleOfComponent,
    componentAuthor: work.authorOfComponent,
    volume: work.volume?.join("; "),
    issue: work.issue,
    pages: work.pagesRequested,
    identifier: ids?.join("; "),
    publisher: publication.publisher,
    published: publication.publicationDate,
  };
  const known: Record<string, string> = {};
  for (const [key, value] of Object.entries(all)) if (value !== undefined) known[key] = value;
  return known;
}
