import { join } from "node:path";
import type { Command } from "commander";
import { verifyDisclosure, type Disclosure } from "../../core/disclosure.ts";
import { ConsortiaError } from "../../core/error.ts";
import { hash, type Hash } from "../../core/ids.ts";
import { disclose } from "../../records/disclose.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { parseDisclosure } from "../../records/parse-disclosure.ts";
import { findCharge } from "../../sdk/charges.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isGivenBack } from "../../sdk/reversals.ts";
import { bundleOf, fileNamed, listed, placeNamed, STATEMENT } from "../desks/named.ts";
import { command, does, reading } from "../shell/command.ts";
import type { Context } from "../shell/context.ts";
import { readJson, writeText } from "../shell/files.ts";
import { readStatement } from "../statements/file.ts";
import { withFolders, type FolderOptions } from "./statementFolder.ts";

interface DiscloseOptions extends FolderOptions {
  readonly request?: boolean;
  readonly fields?: readonly string[];
  readonly to?: string;
}

export function addRecord(program: Command): void {
  const noun = program
    .command("record")
    .description("one record of a statement, proven to somebody who sees none of the others");
  addDisclose(noun);
  addVerify(noun);
}

function addDisclose(noun: Command): void {
  const one = withFolders(
    command(
      noun,
      "disclose",
      "write a file that proves one record: its service, quantity and amount, and what else you choose to show; no node is asked",
      "record disclose 3-1 REQ-17 --request --fields title,author --to req-17.json",
    ),
  )
    .argument("<statement>", STATEMENT)
    .argument("<record>", "its place from 0, or its request's identifier where that names one record")
    .option("--request", "name the request and its two agencies")
    .option("--fields <keys>", "details to show, such as title; the others stay hashes", listed)
    .option("--to <file>", "the file to write; .consortia/disclosures/3-1-0.json by default");
  does(one, async (_: Context, text: string, which: string, options: DiscloseOptions) => {
    const { statement } = await readStatement(fileNamed(text, options.dir));
    const bundle = await bundleOf(createDirectoryStore(options.store), statement.root, options.store);
    const place = placeNamed(bundle, which);
    const { request = false, fields = [] } = options;
    const disclosure = disclose(bundle, place, { request, fields });
    const name = `${bundle.supplier}-${bundle.number}-${place}.json`;
    const file = options.to ?? join(".consortia", "disclosures", name);
    await writeText(file, `${JSON.stringify(disclosure, undefined, 2)}\n`, 0o600);
    return {
      data: { file, ...shownBy(disclosure) },
      title: "Give the file to whoever is to see this record.",
    };
  });
}

function addVerify(noun: Command): void {
  const one = command(
    noun,
    "verify",
    "check what somebody shows of a record, and that its statement was charged",
    "record verify req-17.json",
  )
    .argument("<file>", 'a file of "record disclose"')
    .option(
      "--root <hash>",
      "the root of the statement where you have it from the ledger or a signed statement; then no node is asked",
      reading(hash),
    );
  does(one, async ({ reader }, file: string, { root }: { readonly root?: Hash }) => {
    const disclosure = parseDisclosure(await readJson(file));
    if (root !== undefined) {
      verifyDisclosure(disclosure, root);
      return { data: { valid: true, ...shownBy(disclosure) } };
    }
    const charge = await chargeOf((await reader()).consortium, disclosure);
    return { data: { valid: true, ...shownBy(disclosure), ...charge } };
  });
}

/**
 * What the ledger says of the statement that a record is said to stand in.
 * @throws `DisclosureForeign` where it is of another ledger; `ChargeUnknown`; as verifyDisclosure
 */
async function chargeOf(consortium: Consortium, disclosure: Disclosure) {
  const { chainId, ledger } = consortium.deployment;
  if (BigInt(disclosure.chainId) !== chainId || disclosure.ledger.toLowerCase() !== ledger.toLowerCase()) {
    throw new ConsortiaError(
      "DisclosureForeign",
      `The record is of ledger ${disclosure.ledger} on chain ${disclosure.chainId}, not of ${ledger} on chain ${chainId}. Name another --rpc and --deployment.`,
      { values: { chainId: disclosure.chainId, ledger: disclosure.ledger } },
    );
  }
  const { supplier, number, proof } = disclosure;
  const charge = await findCharge(consortium, { supplier, number });
  const tree = verifyDisclosure(disclosure, charge.statement.root);
  return {
    /** `in part`: a claim that was charged for some of its records, and nobody can tell here for which. */
    charged: tree.sum <= charge.gross ? "whole" : "in part",
    chargedAt: new Date(charge.chargedAt * 1_000).toISOString(),
    tx: charge.tx,
    givenBack: await isGivenBack(consortium, charge.digest, proof.index),
  };
}

/** What a disclosure shows, in the order in which people ask. */
function shownBy({ supplier, consumer, number, root, record, proof }: Disclosure) {
  const { request, service, charge, quantity, amount, details } = record;
  const { id, requesting, supplying } = request.opened ?? {};
  const fields = (details.fields ?? []).flatMap((field) =>
    typeof field === "string" ? [] : [[field.key, field.value] as const],
  );
  return {
    ...{ statement: `${supplier}-${number}`, supplier, consumer, root },
    ...{ place: proof.index, of: proof.count, service, charge, quantity, amount },
    ...(id === undefined ? {} : { request: id, requesting, supplying }),
    ...(fields.length === 0 ? {} : { details: Object.fromEntries(fields) }),
  };
}
