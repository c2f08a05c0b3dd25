import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { bundleRecords } from "../../records/bundle.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { readKey } from "../../sdk/keys.ts";
import { leafOf, signReceipt } from "../../sdk/receipts.ts";
import { nameOf } from "../desks/claimRow.ts";
import { bundleOf, fileNamed, listed, placesNamed, STATEMENT } from "../desks/named.ts";
import type { RecordChoice } from "../desks/named.ts";
import { readReceipt, RECEIPTS, writeReceipt } from "../desks/receipts.ts";
import { command, does } from "../shell/command.ts";
import { readStatement } from "../statements/file.ts";
import { withFolders, type FolderOptions } from "./statementFolder.ts";

interface ReceiptOptions extends FolderOptions, RecordChoice {
  readonly receipts: string;
}

export function addReceipt(program: Command): void {
  const noun = program
    .command("receipt")
    .description("what consumers sign for single records: it proves them in a claim");

  const sign = withFolders(
    command(
      noun,
      "sign",
      "sign that records were served, a file each, for their supplier (the consumer's key)",
      "receipt sign 3-7 --records 0,1 --keystore keys/de-7.json",
    ),
  )
    .argument("<statement>", STATEMENT)
    .option("--records <places>", 'places from 0, as "receipt list" shows them', listed)
    .option("--requests <identifiers>", "all records of these requests", listed)
    .option("--all", "every record of the statement")
    .option("--receipts <folder>", "where receipts are kept", RECEIPTS);
  does(sign, async ({ writer, progress }, text: string, options: ReceiptOptions) => {
    const consortium = await writer();
    const { statement, bundle } = await recordsOf(text, options);
    const key = (await consortium.signer?.getAddress()) ?? "";
    const { rights } = await readKey(consortium, statement.consumer, key);
    if (!rights.includes("countersign")) {
      throw new ConsortiaError(
        "RightMissing",
        `${key} is no living key of member ${statement.consumer} with the right to countersign. Use another key, or have the right granted.`,
        { values: { key, member: statement.consumer } },
      );
    }
    const places = placesNamed(bundle, options);
    const records = bundleRecords(bundle);
    const bar = progress("Signing");
    const receipts = [];
    for (const [done, place] of places.entries()) {
      const record = records[place]!;
      const signature = await signReceipt(consortium, consortium.signer!, record);
      const request = bundle.records[place]!.request.id;
      const leaf = leafOf(consortium, record);
      const where = { chainId: Number(consortium.deployment.chainId), ledger: consortium.deployment.ledger };
      const file = await writeReceipt(options.receipts, { ...where, record: leaf, request, signature });
      receipts.push({ place, request, amount: record.amount, file });
      bar(done + 1, places.length);
    }
    const title = `Receipts signed: ${receipts.length}. Hand the files to member ${statement.supplier}.`;
    return { data: { statement: nameOf(statement), receipts }, title };
  });

  const list = withFolders(
    command(noun, "list", "a statement's records, and which have receipts", "receipt list 3-7"),
  )
    .argument("<statement>", STATEMENT)
    .option("--receipts <folder>", "where receipts are kept", RECEIPTS);
  does(list, async ({ reader }, text: string, options: ReceiptOptions) => {
    const { consortium } = await reader();
    const { statement, bundle } = await recordsOf(text, options);
    const records = [];
    for (const [place, record] of bundleRecords(bundle).entries()) {
      const receipt = await readReceipt(options.receipts, leafOf(consortium, record));
      const { request, service, quantity } = bundle.records[place]!;
      const facts = { place, request: request.id, service, quantity, amount: record.amount };
      records.push({ ...facts, receipt: receipt !== undefined });
    }
    return { data: { statement: nameOf(statement), records } };
  });
}

/** A statement that may not have been posted yet, with its records. */
async function recordsOf(text: string, { dir, store }: ReceiptOptions) {
  const { statement } = await readStatement(fileNamed(text, dir));
  return { statement, bundle: await bundleOf(createDirectoryStore(store), statement.root, store) };
}
