import { join } from "node:path";
import { harvest as harvestUsage } from "../../../connectors/counter/client/harvest.ts";
import { serviceAt } from "../../../connectors/counter/client/service.ts";
import { UsageGatherer } from "../../../connectors/counter/gather.ts";
import { readColumns } from "../../../connectors/csv/columns.ts";
import { readCsv } from "../../../connectors/csv/csv.ts";
import type { Gathering, Omission } from "../../../connectors/gathering.ts";
import { foldExchanges } from "../../../connectors/iso18626/fold/fold.ts";
import { createContributions } from "../../../connectors/oaipmh/contributions.ts";
import type { RecordDraft } from "../../../core/record.ts";
import { formatPeriod } from "../../../core/period.ts";
import { parseDrafts } from "../../import/drafts.ts";
import { meet, ofRepository } from "../../import/harvest/repository.ts";
import { createTally } from "../../import/harvest/tally.ts";
import { writeGathered } from "../../import/written.ts";
import { readJson, readPieces } from "../../shell/files.ts";
import type { PlatformSource, Sample } from "./sample.ts";

type Gathered = RecordDraft | Omission;

/** Imports of one party or several, each into a file of its own, from the systems that they have. */
export class Importer {
  readonly #sample: Sample;
  readonly #folder: string;

  /** @param folder where drafts and exceptions are written, as imports do */
  constructor(sample: Sample, folder: string) {
    this.#sample = sample;
    this.#folder = folder;
  }

  /** `import iso18626`: loans and copies, as their messages tell. */
  loans(): Promise<Gathering> {
    const { messages, currency } = this.#sample;
    const { drafts, exceptions } = foldExchanges(messages, { currency });
    return this.#keep("loans", [...exceptions, ...drafts]);
  }

  /** `import counter`: a month of a platform's usage, account by account. */
  usage({ agency, name, release, customers, mapping }: PlatformSource, url: string): Promise<Gathering> {
    const months = [formatPeriod(this.#sample.usageMonth)];
    const service = serviceAt(url, release);
    async function* gathered(): AsyncGenerator<Gathered> {
      const gatherer = new UsageGatherer(new Map(), mapping);
      for (const customer of customers.values()) {
        const asked = { name: "", identifiers: [{ type: "Customer_ID", value: customer }] };
        const account = { customer, requestor: "alderland" };
        for await (const sum of harvestUsage(service, account, { report: "PR", months })) {
          gatherer.take(sum, asked);
        }
      }
      const { drafts, omissions } = gatherer.finish();
      // Whoever asks one platform knows whose word it was.
      yield* omissions.map((one) => ({ supplier: agency, ...one }));
      yield* drafts;
    }
    return this.#keep(`usage-${name}`, gathered());
  }

  /** `import oaipmh`: what members did for the common catalogue in the month. */
  async contributions(url: string): Promise<Gathering> {
    const { catalogue, month } = this.#sample;
    const [from, until] = [`${formatPeriod(month)}-01`, `${formatPeriod(month)}-31`];
    const repository = await meet(`${url}/oai`, { from, until, prefix: "marcxml" }, {});
    const contributions = createContributions(catalogue.mapping);
    const harvested = ofRepository(repository, undefined, contributions, createTally(), () => {}, {});
    return this.#keep("contributions", harvested);
  }

  /** `import csv`: what members used of it. */
  async uses(): Promise<Gathering> {
    const { file, columns, mapping } = this.#sample.uses;
    return this.#keep("uses", readCsv(readPieces(file), readColumns(await readJson(columns)), mapping));
  }

  /** Writes what was gathered as an import does, and takes the drafts from there as whoever bills does. */
  async #keep(name: string, gathered: Iterable<Gathered> | AsyncIterable<Gathered>): Promise<Gathering> {
    const omissions: Omission[] = [];
    async function* noted() {
      for await (const one of gathered) {
        if ("reason" in one) omissions.push(one);
        yield one;
      }
    }
    const out = join(this.#folder, `drafts-${name.toLowerCase().replaceAll(" ", "-")}.json`);
    await writeGathered({ out }, noted());
    return { drafts: parseDrafts(out, await readJson(out)), omissions };
  }
}

/** Everything that a month's systems tell by a day, in one. */
export async function importMonth(
  sample: Sample,
  folder: string,
  urlOf: (answers: string) => string,
): Promise<Gathering> {
  const importer = new Importer(sample, folder);
  const { platforms, catalogue } = sample;
  const parts = await Promise.all([
    importer.loans(),
    ...platforms.map((platform) => importer.usage(platform, urlOf(platform.answers))),
    importer.contributions(urlOf(catalogue.answers)),
    importer.uses(),
  ]);
  return {
    drafts: parts.flatMap(({ drafts }) => drafts),
    omissions: parts.flatMap(({ omissions }) => omissions),
  };
}
