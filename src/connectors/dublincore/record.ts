import { cleanTitle, standardNumbers } from "../marc/details.ts";
import type { XmlNode } from "../xml/node.ts";

const OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const ELEMENTS = "http://purl.org/dc/elements/1.1/";

/** Unqualified Dublin Core. Creators and contributors are not read: nothing of persons is needed. */
export interface DublinCore {
  readonly titles: readonly string[];
  readonly identifiers: readonly string[];
}

/** Whether an element is Dublin Core as every OAI-PMH server has it. */
export const isDublinCore = ({ name, namespace }: XmlNode): boolean => name === "dc" && namespace === OAI_DC;

export function dublinCoreOf(node: XmlNode): DublinCore {
  const of = (name: string) =>
    node.children
      .filter((one) => one.name === name && one.namespace === ELEMENTS)
      .map(({ text }) => text.trim())
      .filter((text) => text !== "");
  return { titles: of("title"), identifiers: of("identifier") };
}

/** The work in few words: title, ISBN and ISSN. */
export function detailsOfDublinCore({ titles, identifiers }: DublinCore): Record<string, string> {
  const title = cleanTitle(titles[0] ?? "");
  const identifier = standardNumbers(identifiers);
  return { ...(title === "" ? {} : { title }), ...(identifier === "" ? {} : { identifier }) };
}
