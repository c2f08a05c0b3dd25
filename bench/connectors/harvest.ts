import { XMLParser } from "fast-xml-parser";
import { readMapping } from "../../src/connectors/mapping.ts";
import { createContributions } from "../../src/connectors/oaipmh/contributions.ts";
import { harvest } from "../../src/connectors/oaipmh/harvest.ts";
import { tell, type Run } from "./run.ts";

/** A process of its own: takes in a repository, page by page, in one of three ways. */
const WAYS: Readonly<Record<string, (base: URL) => Promise<Pick<Run, "bytes" | "read">>>> = {
  /** As an import does: harvest, MARCXML, agencies, drafts; these are counted and let go. */
  async ours(base) {
    const { ofOai } = createContributions(mapping());
    const read = { records: 0, deleted: 0, drafts: 0 };
    for await (const one of harvest({ base, prefix: "marc21", granularity: "second" })) {
      if (one.kind !== "record") continue;
      read.records += 1;
      if (one.record.header.deleted) read.deleted += 1;
      read.drafts += ofOai(one.record).filter((given) => "supplier" in given && "service" in given).length;
    }
    return { bytes: 0, read };
  },

  /** Fetched, each page held as text and parsed as a whole; records and deleted ones counted, nothing else. */
  async fastXmlParser(base) {
    const parser = new XMLParser({
      ignoreAttributes: false,
      parseTagValue: false,
      isArray: (name) => name === "record",
    });
    const read = { records: 0, deleted: 0 };
    const bytes = await eachPage(base, (text) => {
      const parsed = parser.parse(text) as { "OAI-PMH": { ListRecords: { record: Parsed[] } } };
      for (const { header } of parsed["OAI-PMH"].ListRecords.record) {
        read.records += 1;
        if (header["@_status"] === "deleted") read.deleted += 1;
      }
    });
    return { bytes, read };
  },

  /** Fetched and counted: what any harvest of these bytes takes at the least. */
  async floor(base) {
    return { bytes: await eachPage(base), read: {} };
  },
};

interface Parsed {
  readonly header: { readonly "@_status"?: string };
}

/** Fetches page by page; the text is put together only for those who take it. @returns how many bytes came */
async function eachPage(base: URL, take?: (text: string) => void): Promise<number> {
  let [token, bytes]: [string, number] = ["", 0];
  do {
    const decoder = new TextDecoder();
    const page = new URL(base);
    page.searchParams.set(
      token === "" ? "metadataPrefix" : "resumptionToken",
      token === "" ? "marc21" : token,
    );
    let [text, tail] = ["", ""];
    for await (const piece of (await fetch(page)).body as unknown as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (take === undefined) tail = (tail + Buffer.from(piece.subarray(-200)).toString()).slice(-200);
      else text += decoder.decode(piece, { stream: true });
    }
    take?.(text);
    token = /(\d*)<\/resumptionToken>/.exec(take === undefined ? tail : text.slice(-200))?.[1] ?? "";
  } while (token !== "");
  return bytes;
}

function mapping() {
  const agencies = Array.from({ length: 40 }, (_, place) => [`XA-${place}`, `ISIL:XA-${place}`]);
  return readMapping({
    agencies: Object.fromEntries(agencies) as Record<string, string>,
    services: { creating: "creating", transcribing: "transcribing", modifying: "modifying" },
  });
}

const [way = "ours", url = ""] = process.argv.slice(2);
const work = WAYS[way];
if (work === undefined) throw new Error(`${way} is no way to harvest`);
await tell(() => work(new URL(url)));
