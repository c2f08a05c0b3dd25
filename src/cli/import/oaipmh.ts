import type { Command } from "commander";
import { agencyOf } from "../../connectors/mapping.ts";
import { createContributions } from "../../connectors/oaipmh/contributions.ts";
import { command, does, reading } from "../shell/command.ts";
import { refuseExisting } from "../shell/files.ts";
import { ofFiles } from "./harvest/files.ts";
import {
  finish,
  meet,
  ofKept,
  ofRepository,
  type Repository,
  type RepositoryOptions,
} from "./harvest/repository.ts";
import { isIncrement } from "./harvest/state.ts";
import { createTally } from "./harvest/tally.ts";
import {
  mappingOf,
  withFiles,
  withMapping,
  writeGathered,
  type MapOptions,
  type WrittenOptions,
} from "./written.ts";

interface CatalogueOptions extends WrittenOptions, MapOptions, RepositoryOptions {
  readonly contributor?: ReturnType<typeof agencyOf>;
  readonly state?: string;
}

/** `import oaipmh`: contributions to a shared catalogue. */
export function addOaipmh(noun: Command): void {
  const oaipmh = withFiles(
    withMapping(
      command(
        noun,
        "oaipmh",
        "harvest a catalogue by OAI-PMH, or read its files: what each library contributed to it",
        "import oaipmh https://union.example/oai --map codes.json --from 2026-10-01 --until 2026-10-31 --state oct.state",
      ).argument("<source>", "a repository's address; or a file or folder of OAI-PMH answers or MARC"),
    ),
    "drafts-oaipmh.json",
  )
    .option("--from <date>", "records that changed on or after it")
    .option("--until <date>", "records that changed on or before it")
    .option("--set <set>", "records of this set only")
    .option("--identifier <identifier>", "this one record only")
    .option("--prefix <prefix>", "the format's name there; MARC by default, else Dublin Core")
    .option("--contributor <agency>", "whose records without cataloguing agency are", reading(agencyOf))
    .option(
      "--state <file>",
      "keeps how far the harvest is: the same command goes on, later with what is new",
    );
  oaipmh.addHelpText("after", WORDS);
  does(oaipmh, async ({ progress }, source: string, options: CatalogueOptions) => {
    const contributions = createContributions(await mappingOf(options), options.contributor);
    const tally = createTally();
    const repository = ADDRESS.test(source) ? await meet(source, options, {}) : undefined;
    const { state, identifier } = options;
    const bar = progress(repository === undefined ? "Reading" : "Harvesting");
    const isKept = state !== undefined && identifier === undefined;
    if (repository !== undefined && isKept && (await isIncrement(state, repository.question)))
      await refuseExisting(options.out, NOT_AGAIN);
    const gathered =
      repository === undefined
        ? ofFiles(source, contributions, tally, bar)
        : isKept
          ? ofKept(state, repository, contributions, tally, bar, {})
          : ofRepository(repository, identifier, contributions, tally, bar, {});
    const { drafts, exceptions, reasons, files } = await writeGathered(options, gathered);
    if (repository !== undefined && isKept) await finish(state, repository);
    const data = { ...tally, omissions: exceptions, reasons, files, ...identified(repository) };
    return { data, title: `${drafts} contributions from ${tally.records} catalogue records.` };
  });
}

const WORDS = `
In --map, agencies are the codes of MARC 040 (801 in UNIMARC), and for Dublin Core sets or base URLs; services are
creating, transcribing and modifying, each with the schedule's code of it.`;

const NOT_AGAIN =
  "What it holds is not harvested again: build statements of it and move it away, or name another file with --out.";

/** An address of any scheme: those that are none of the web are refused rather than looked for as files. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

function identified(repository: Repository | undefined) {
  if (repository === undefined) return {};
  const { repository: name, granularity, deletedRecord } = repository.about;
  return { identify: { repository: name, granularity, deletedRecord, prefix: repository.question.prefix } };
}
