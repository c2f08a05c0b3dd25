import { Random } from "../random.ts";
import { book } from "../works.ts";
import { CATALOGUERS, MONTH, STRANGERS } from "./cast.ts";

/** What the common catalogue's server answers: a page of a list, by its resumption token; none for the first. */
export interface Page {
  readonly token: string | undefined;
  readonly xml: string;
}

/** How a record came about in the month. */
type Work = "original" | "copied" | "enhanced" | "foreign" | "deleted";

const HOST = "catalogue.alderland.example";
const PAGE = 25;
const DAY_SECONDS = 86_400;

/** How many records of each kind; the first two are what libraries did most. */
const WORKS: readonly (readonly [Work, number])[] = [
  ["original", 34],
  ["copied", 46],
  ["enhanced", 21],
  ["foreign", 9],
  ["deleted", 6],
];

interface Entry {
  readonly number: number;
  readonly work: Work;
  /** Seconds since the month began. */
  readonly at: number;
}

/** The pages of everything that changed in the month, oldest first, the same bytes every time. */
export function cataloguePages(seed = 20261002): Page[] {
  const random = new Random(seed);
  const entries = WORKS.flatMap(([work, count]) =>
    Array.from({ length: count }, (): Omit<Entry, "number"> => ({
      work,
      at: random.below(27) * DAY_SECONDS + random.below(DAY_SECONDS),
    })),
  )
    .sort((a, b) => a.at - b.at)
    .map((entry, index): Entry => ({ ...entry, number: 40_211 + index }));
  const records = entries.map((entry) => recordXml(random, entry));
  const pages = Math.ceil(records.length / PAGE);
  return Array.from({ length: pages }, (_, page) => ({
    token: page === 0 ? undefined : tokenOf(page),
    xml: pageXml(records.slice(page * PAGE, (page + 1) * PAGE), page, records.length),
  }));
}

/** What the server says of itself. */
export function identifyXml(): string {
  return answer(
    `verb="Identify"`,
    `<Identify><repositoryName>Common Catalogue of Alderland</repositoryName><baseURL>http://${HOST}/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>catalogue@${HOST}</adminEmail><earliestDatestamp>1998-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>`,
  );
}

/** What it says to a question that it does not know. */
export function badArgumentXml(): string {
  return answer("", `<error code="badArgument">The request is none that was recorded.</error>`);
}

const tokenOf = (page: number) => `alderland-${MONTH}-${page * PAGE}`;

function pageXml(records: readonly string[], page: number, all: number): string {
  const last = (page + 1) * PAGE >= all;
  const token = `<resumptionToken completeListSize="${all}" cursor="${page * PAGE}">${last ? "" : tokenOf(page + 1)}</resumptionToken>`;
  return answer(`verb="ListRecords"`, `<ListRecords>\n${records.join("\n")}\n${token}</ListRecords>`);
}

function answer(attributes: string, content: string): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${MONTH}-28T09:00:00Z</responseDate>`,
    `<request ${attributes}>http://${HOST}/oai</request>`.replace("<request >", "<request>"),
    `${content}</OAI-PMH>`,
    "",
  ].join("\n");
}

function recordXml(random: Random, { number, work, at }: Entry): string {
  const stamp = stampOf(at);
  const identifier = `oai:${HOST}:${number}`;
  if (work === "deleted") {
    return `<record><header status="deleted"><identifier>${identifier}</identifier><datestamp>${stamp}</datestamp></header></record>`;
  }
  const header = `<header><identifier>${identifier}</identifier><datestamp>${stamp}</datestamp></header>`;
  const { title = "", author = "" } = book(random);
  const [source, entered] = sourceOf(random, work, stamp);
  const marc = [
    `<leader>00000nam a2200000 i 4500</leader>`,
    control("001", String(number)),
    control("003", "AlCom"),
    control("005", `${stamp.replace(/[-:TZ]/g, "")}.0`),
    control("008", `${entered}s${1990 + random.below(36)}    xx            000 0 eng d`),
    source,
    data("100", "1 ", ["a", author]),
    data("245", "10", ["a", title]),
  ].join("");
  return `<record>${header}<metadata><marc:record xmlns:marc="http://www.loc.gov/MARC21/slim">${marc}</marc:record></metadata></record>`;
}

/** Field 040 and the day on which the record was entered: who made it, who copied it, who changed it last. */
function sourceOf(random: Random, work: Work, stamp: string): [field: string, entered: string] {
  const codes = Object.values(CATALOGUERS);
  const [one, other, stranger] = [pickFrom(random, codes), pickFrom(random, codes), random.pick(STRANGERS)];
  const today = stamp.slice(2, 10).replaceAll("-", "");
  const field = (...parts: (readonly [string, string])[]) => data("040", "  ", ...parts);
  switch (work) {
    case "original":
      return [field(["a", one], ["b", "eng"], ["e", "rda"], ["c", one]), today];
    case "copied":
      return [field(["a", stranger], ["b", "eng"], ["c", one]), today];
    case "enhanced":
      return [field(["a", stranger], ["b", "eng"], ["c", stranger], ["d", other]), `1${random.below(9)}0412`];
    default:
      return [field(["a", stranger], ["c", stranger], ["d", random.pick(STRANGERS)]), today];
  }
}

/** The first cataloguers do most of the work. */
function pickFrom(random: Random, codes: readonly string[]): string {
  return codes[Math.min(random.below(codes.length), random.below(codes.length))] ?? "";
}

function control(tag: string, value: string): string {
  return `<marc:controlfield tag="${tag}">${value}</marc:controlfield>`;
}

function data(tag: string, indicators: string, ...parts: (readonly [code: string, value: string])[]): string {
  const inner = parts
    .map(([code, value]) => `<marc:subfield code="${code}">${value}</marc:subfield>`)
    .join("");
  return `<marc:datafield tag="${tag}" ind1="${indicators[0]}" ind2="${indicators[1]}">${inner}</marc:datafield>`;
}

function stampOf(at: number): string {
  return new Date(Date.parse(`${MONTH}-01T00:00:00Z`) + at * 1000).toISOString().replace(".000", "");
}
