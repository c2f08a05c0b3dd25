import { XMLParser } from "fast-xml-parser";
import { licenceOf, propertiesOf } from "../../../src/core/licence.ts";
import { textOf, type Figures, type Reader } from "../row.ts";

const NS = "http://creativecommons.org/ns#";
const CLASSES = ["Permission", "Requirement", "Prohibition"] as const;

type Described = { readonly "@_rdf:about": string };
interface Rdf {
  readonly "rdf:RDF": { readonly "cc:License"?: Described } & Readonly<Record<string, unknown>>;
}

/** A licence that Creative Commons describes, in our terms; or its schema, with the words that it declares. */
export const readLicence: Reader = (file) => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (tag) => /^cc:[A-Z]\w+ion$|ment$/.test(tag),
  });
  const rdf = (parser.parse(textOf(file)) as Rdf)["rdf:RDF"];
  const licence = rdf["cc:License"];
  if (licence === undefined) return { schema: words(rdf) };
  const uri = licence["@_rdf:about"];
  const ours = licenceOf(uri);
  if (ours === undefined) return { uri };
  const { permits, requires, prohibits } = propertiesOf(ours);
  return {
    uri,
    licence: ours,
    permits: [...permits].sort(),
    requires: [...requires].sort(),
    prohibits: [...prohibits].sort(),
  };
};

function words(rdf: Readonly<Record<string, unknown>>): Record<string, Figures> {
  return Object.fromEntries(
    CLASSES.map((name) => [
      name,
      ((rdf[`cc:${name}`] ?? []) as Described[]).map((one) => one["@_rdf:about"].replace(NS, "")).sort(),
    ]),
  );
}
