import { join } from "node:path";
import type { Command } from "commander";
import { briefText, hashBrief, pinnedBrief, plainBrief } from "../../core/brief.ts";
import type { Demand, DemandCounts } from "../../core/demand.ts";
import { ConsortiaError } from "../../core/error.ts";
import { hash, type Hash } from "../../core/ids.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { checkBrief } from "../brief/check.ts";
import type { AtHand } from "../brief/demand.ts";
import { briefNow } from "../brief/make.ts";
import { briefMarkdown } from "../brief/markdown.ts";
import { briefPage } from "../brief/page.ts";
import { costSentences, demandSentences, isilOf } from "../brief/sentences.ts";
import { PROPOSAL, proposalNamed } from "../houses/named.ts";
import { command, does, month, reading } from "../shell/command.ts";
import { readJson, readWords, writeText } from "../shell/files.ts";

interface AtHandOptions {
  readonly store?: string;
  readonly messages?: string;
}

interface BriefOptions extends AtHandOptions {
  readonly schedule: string;
  readonly from?: PeriodId;
  readonly to?: PeriodId;
  readonly basis: string;
  readonly out: string;
}

interface CheckOptions extends AtHandOptions {
  readonly proposal?: string;
  readonly description?: string;
  readonly pinned?: Hash;
}

/** The grounds of a proposal: `brief` makes them, `check-brief` derives them again. */
export function addBriefs(noun: Command): void {
  addMake(noun);
  addCheck(noun);
}

function withAtHand(one: Command): Command {
  return one
    .option("--store <folder>", "bundles of records, to count what was asked for")
    .option("--messages <folder>", "ISO 18626 messages, for fill rate and turnaround");
}

function atHand({ store, messages }: AtHandOptions): AtHand {
  return {
    ...(store === undefined ? {} : { store: createDirectoryStore(store) }),
    ...(messages === undefined ? {} : { messages }),
  };
}

function addMake(noun: Command): void {
  const brief = withAtHand(
    command(
      noun,
      "brief",
      "what past months would have cost each member under a proposed schedule, with its legal basis; prints the hash to pin",
      "proposal brief --schedule 2 --from 2025-10 --to 2026-09 --basis basis.md --out brief",
    )
      .requiredOption("--schedule <version|file>", "a draft's version, or a preset or price file")
      .option("--from <month>", "the first month of service; twelve months by default", month)
      .option("--to <month>", "the last one; the last closed month by default", month)
      .requiredOption("--basis <file>", "the legal basis in your words: article, law, contract")
      .option("--out <folder>", "where brief.json, brief.md and brief.html go", "brief"),
  );
  does(brief, async ({ reader, progress }, options: BriefOptions) => {
    const { consortium, about } = await reader();
    const made = await briefNow(consortium, about, {
      ...{ schedule: options.schedule, basis: await readWords(options.basis), ...atHand(options) },
      ...(options.from === undefined ? {} : { from: options.from }),
      ...(options.to === undefined ? {} : { to: options.to }),
      progress: progress("Reading messages"),
    });
    const text = briefText(plainBrief(made));
    const pin = hashBrief(text);
    const file = join(options.out, "brief.json");
    // The file's bytes are what is hashed: no line ends it.
    await writeText(file, text);
    await writeText(join(options.out, "brief.md"), briefMarkdown(made, pin));
    await writeText(join(options.out, "brief.html"), briefPage(made, pin));
    const { costs, from, to, ledger, demand } = made;
    const name = isilOf(made);
    const data = {
      ...{ brief: pin, file, from: formatPeriod(from), to: formatPeriod(to), block: ledger.block },
      ...{ statements: costs.statements, charged: costs.charged, proposed: costs.proposed },
      ...{ aboveMaximum: costs.aboveMaximum, notOffered: costs.notOffered },
      gains: costs.gains.map(name),
      losses: costs.losses.map(name),
      demand: { ...demand, requests: countsOf(demand.requests) },
    };
    const lines = [...costSentences(made), ...demandSentences(made), `Brief: ${pin}`];
    return { data, text: lines.join("\n") };
  });
}

function countsOf(demand: Demand | null): DemandCounts | null {
  if (demand === null) return null;
  const { requests, filled, unfilled, open, fillRate, turnaround } = demand;
  return { requests, filled, unfilled, open, fillRate, turnaround };
}

function addCheck(noun: Command): void {
  const check = withAtHand(
    command(
      noun,
      "check-brief",
      "derive a brief again from the chain, and compare its hash with the one that a proposal pins",
      "proposal check-brief brief/brief.json --proposal 48213",
    )
      .argument("<file>", "the brief")
      .option("--proposal <proposal>", PROPOSAL)
      .option("--description <file>", "the proposal's description, whose last line pins the brief")
      .option("--pinned <hash>", "the hash that the proposal pins", reading(hash)),
  );
  does(check, async ({ reader }, file: string, options: CheckOptions) => {
    const { consortium, about } = await reader();
    const source = await readJson(file);
    const pinned = await pinOf(consortium, options);
    const checked = await checkBrief(consortium, about.services, source, atHand(options));
    const { differences, unconfirmed, redrafted } = checked;
    const wrongPin = pinned !== undefined && pinned !== checked.hash;
    const failed = differences.length > 0 || redrafted.length > 0 || wrongPin;
    const data = {
      ...{
        brief: checked.hash,
        pinned: pinned ?? null,
        pinnedIsThis: pinned === undefined ? null : !wrongPin,
      },
      ...{ from: formatPeriod(checked.terms.from), to: formatPeriod(checked.terms.to) },
      ...{ block: checked.terms.block, unconfirmed, differences, redrafted },
    };
    return { data, title: verdict(failed, differences.length, redrafted.length, wrongPin), failed };
  });
}

function verdict(failed: boolean, differences: number, redrafted: number, wrongPin: boolean): string {
  if (!failed) return "The brief follows from the chain.";
  return [
    ...(wrongPin ? ["The proposal pins another brief."] : []),
    ...(differences > 0 ? ["The brief says what does not follow from the chain."] : []),
    ...(redrafted > 0 ? ["The draft's prices were changed after the brief."] : []),
  ].join(" ");
}

/** @throws `BriefUnpinned` where a proposal or a description was named that pins none */
async function pinOf(
  consortium: Consortium,
  { proposal, description, pinned }: CheckOptions,
): Promise<Hash | undefined> {
  const named = proposal === undefined ? description : `Proposal ${proposal}`;
  if (named === undefined) return pinned;
  const found = pinnedBrief(
    proposal === undefined ? await readWords(named) : (await proposalNamed(consortium, proposal)).description,
  );
  if (found !== undefined) return found;
  throw new ConsortiaError(
    "BriefUnpinned",
    `${named} pins no brief: its last line should be "Brief: 0x" and 64 hexadecimal digits.`,
    { values: { named } },
  );
}
