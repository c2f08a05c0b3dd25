import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { agency, type Agency } from "../../../core/ids.ts";
import { parseCredits } from "../../../core/money.ts";
import { parsePeriod, type PeriodId } from "../../../core/period.ts";
import { readMapping, type Mapping } from "../../../connectors/mapping.ts";
import { readMessages } from "../../import/messages.ts";
import { readCast, type Player } from "../cast.ts";

/** A platform of e-resources, and what it calls the libraries that it serves. */
export interface PlatformSource {
  readonly agency: Agency;
  readonly name: string;
  /** The file of its recorded answers. */
  readonly answers: string;
  readonly release: "5" | "5.1";
  readonly customers: ReadonlyMap<Agency, string>;
  readonly mapping: Mapping;
}

/** Everything that the month is made of, read from `examples`. */
export interface Sample {
  readonly currency: string;
  /** The month that is settled. */
  readonly month: PeriodId;
  /** The month whose usage is billed in it: platforms take weeks to count. */
  readonly usageMonth: PeriodId;
  readonly players: readonly Player[];
  readonly platforms: readonly PlatformSource[];
  /** The common catalogue's answers, and what it calls the libraries. */
  readonly catalogue: { readonly answers: string; readonly mapping: Mapping };
  /** Uses of the common catalogue: its log's export, and what its columns are. */
  readonly uses: { readonly file: string; readonly columns: string; readonly mapping: Mapping };
  /** What the consortium's office says of itself and of everybody. */
  readonly office: string;
  readonly messages: Awaited<ReturnType<typeof readMessages>>["messages"];
}

interface SampleJson {
  readonly month: string;
  readonly usageMonth: string;
  readonly borrowers: readonly string[];
  /** Of members that pay in more than the example month says. */
  readonly deposits: Readonly<Record<string, string>>;
  readonly platforms: readonly {
    readonly isil: string;
    readonly name: string;
    readonly folder: string;
    readonly release: "5" | "5.1";
    readonly customers: Readonly<Record<string, string>>;
  }[];
}

const EXAMPLES = resolve(import.meta.dirname, "../../../../examples");

/** Reads the example, in a consortium's currency: loans of two borrowers of the example month, and what lies in `examples/commons`. */
export async function readSample(currency: string): Promise<Sample> {
  const [loans, root] = [join(EXAMPLES, "month"), join(EXAMPLES, "commons")];
  const facts = (await readJson(join(root, "sample.json"))) as SampleJson;
  const folders = facts.borrowers.map((isil) => join(loans, "messages", isil));
  const read = await Promise.all(folders.map((folder) => readMessages(folder)));
  const mapping = async (name: string) => readMapping(await readJson(join(root, name)));
  return {
    currency,
    month: parsePeriod(facts.month),
    usageMonth: parsePeriod(facts.usageMonth),
    players: [...(await readCast(loans)), ...(await readCast(root))].map((player) => {
      const deposit = facts.deposits[player.isil];
      return deposit === undefined ? player : { ...player, deposit: parseCredits(deposit) };
    }),
    platforms: await Promise.all(
      facts.platforms.map(async ({ isil, name, folder, release, customers }) => ({
        ...{ agency: agency("ISIL", isil), name, release },
        answers: join(root, `${folder}.answers.json`),
        customers: new Map(Object.entries(customers).map(([own, theirs]) => [agency("ISIL", own), theirs])),
        mapping: await mapping(`${folder}.map.json`),
      })),
    ),
    catalogue: {
      answers: join(root, "catalogue.answers.json"),
      mapping: await mapping("catalogue.map.json"),
    },
    uses: {
      ...{ file: join(root, "uses.csv"), columns: join(root, "uses.columns.json") },
      mapping: await mapping("uses.map.json"),
    },
    office: join(root, "office.json"),
    messages: read.flatMap(({ messages }) => messages),
  };
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8")) as unknown;
}
