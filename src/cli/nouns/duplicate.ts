import type { Command } from "commander";
import type { MemberId } from "../../core/ids.ts";
import { credits, formatCredits } from "../../core/money.ts";
import { bundleRecords } from "../../records/bundle.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import type { RecordStore } from "../../records/store.ts";
import { findCharge } from "../../sdk/charges.ts";
import type { ChargedStatement } from "../../sdk/charges.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { byRank, findDuplicates } from "../../sdk/duplicates.ts";
import type { Duplicate } from "../../sdk/duplicates.ts";
import { sendDuplicateReversal } from "../../sdk/reversals.ts";
import type { ChargedRecord } from "../../sdk/reversals.ts";
import { nameOf } from "../desks/claimRow.ts";
import { bundleOf, placeNamed, STATEMENT, statementNamed } from "../desks/named.ts";
import { command, does } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import type { Context } from "../shell/context.ts";
import { sent } from "./member.ts";
import { withStore, type StoreOptions } from "./statementFolder.ts";

interface FindOptions extends StoreOptions {
  readonly supplier?: string;
  readonly consumer?: string;
}

export function addDuplicate(program: Command): void {
  const noun = program.command("duplicate").description("records that were charged twice");

  const find = withStore(
    command(
      noun,
      "find",
      "look for records charged twice in the chain's log and the bundles at hand",
      "duplicate find --consumer DE-7",
    ),
  )
    .option("--supplier <member>", "only what this member charged, by number or ISIL")
    .option("--consumer <member>", "only what this member was charged");
  does(find, async ({ reader, progress }, options: FindOptions) => {
    const { consortium } = await reader();
    const store = createDirectoryStore(options.store);
    const pairs = await pairsAtHand(consortium, store, options, progress);
    const bar = progress("Comparing");
    const found: Duplicate[] = [];
    const [missing, partly]: [ChargedStatement[], ChargedStatement[]] = [[], []];
    let records = 0;
    for (const [done, pair] of pairs.entries()) {
      const search = await findDuplicates(consortium, {
        ...pair,
        recordsOf: async (root) => {
          const bundle = await store.get(root);
          return bundle === undefined ? undefined : bundleRecords(bundle);
        },
      });
      found.push(...search.duplicates);
      missing.push(...search.missing);
      partly.push(...search.partly);
      records += search.records;
      bar(done + 1, pairs.length);
    }
    const amount = credits(found.reduce((sum, duplicate) => sum + duplicate.amount, 0n));
    const duplicates = await Promise.all(found.map((one) => duplicateRow(store, options.store, one)));
    const title =
      found.length === 0
        ? `No record was charged twice among ${records}.`
        : `Charged twice: ${found.length}, over ${formatCredits(amount)}. Give each back with "duplicate prove".`;
    const names = (list: readonly ChargedStatement[]) => list.map(({ statement }) => nameOf(statement));
    const aside = { withoutRecordsAtHand: names(missing), chargedInPart: names(partly) };
    return { data: { records, amount, ...aside, duplicates }, title };
  });

  const prove = withStore(
    command(
      noun,
      "prove",
      "show two charges of one record, so that the later one is given back (anyone)",
      "duplicate prove 3-7 0 3-9 REQ-2026-114",
    ),
  )
    .argument("<statement>", STATEMENT)
    .argument("<record>", "its place from 0, or its request's identifier")
    .argument("<otherStatement>", "the other charge's statement; it may be the same")
    .argument("<otherRecord>", "the record there");
  does(
    prove,
    async (
      { writer },
      first: string,
      firstRecord: string,
      second: string,
      secondRecord: string,
      { store }: StoreOptions,
    ) => {
      const consortium = await writer();
      const shown = [
        await chargedRecord(consortium, store, first, firstRecord),
        await chargedRecord(consortium, store, second, secondRecord),
      ] as const;
      // Whoever shows them need not know which was charged first.
      const [earlier, later] = byRank(...shown) <= 0 ? shown : [shown[1], shown[0]];
      const { receipt, amount } = await sendDuplicateReversal(consortium, { earlier, later });
      const { consumer } = later.charge.statement;
      return sent(`${formatCredits(amount)} goes back to member ${consumer}.`, receipt, {
        ...{ stays: nameOf(earlier.charge.statement), record: earlier.index },
        ...{ givenBack: nameOf(later.charge.statement), laterRecord: later.index, amount },
      });
    },
  );
}

/** Every supplier and consumer that the bundles at hand are of, as far as they were asked for. */
async function pairsAtHand(
  consortium: Consortium,
  store: RecordStore,
  options: FindOptions,
  progress: Context["progress"],
): Promise<{ supplier: MemberId; consumer: MemberId }[]> {
  const party = async (name: string | undefined) =>
    name === undefined ? undefined : memberNamed(consortium, name);
  const wanted = { supplier: await party(options.supplier), consumer: await party(options.consumer) };
  const roots = [];
  for await (const root of store.list()) roots.push(root);
  const bar = progress("Reading bundles");
  const pairs = new Map<string, { supplier: MemberId; consumer: MemberId }>();
  const ledger = consortium.deployment.ledger.toLowerCase();
  for (const [done, root] of roots.entries()) {
    const bundle = await store.get(root);
    bar(done + 1, roots.length);
    if (bundle === undefined || bundle.ledger.toLowerCase() !== ledger) continue;
    const { supplier, consumer } = bundle;
    if ((wanted.supplier ?? supplier) !== supplier || (wanted.consumer ?? consumer) !== consumer) continue;
    pairs.set(`${supplier}/${consumer}`, { supplier, consumer });
  }
  return [...pairs.values()];
}

async function duplicateRow(store: RecordStore, folder: string, { earlier, later, amount }: Duplicate) {
  const { records } = await bundleOf(store, later.charge.statement.root, folder);
  return {
    request: records[later.index]?.request.id ?? "",
    ...{ statement: nameOf(earlier.charge.statement), record: earlier.index },
    ...{ laterStatement: nameOf(later.charge.statement), laterRecord: later.index },
    ...{ consumer: later.charge.statement.consumer, amount },
  };
}

/** @throws `ChargeUnknown`, `BundleMissing`, `RecordUnknown` */
async function chargedRecord(
  consortium: Consortium,
  folder: string,
  statement: string,
  record: string,
): Promise<ChargedRecord> {
  const charge = await findCharge(consortium, await statementNamed(statement));
  const bundle = await bundleOf(createDirectoryStore(folder), charge.statement.root, folder);
  return { charge, records: bundleRecords(bundle), index: placeNamed(bundle, record) };
}
