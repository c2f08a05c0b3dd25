import type { Command } from "commander";
import type { Signer } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import type { Hash, MemberId } from "../../core/ids.ts";
import { bundleRecords } from "../../records/bundle.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { sendAcceptance, sendClaimProof } from "../../sdk/claims.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { orderDispute, sendDispute, sendDisputeFor } from "../../sdk/disputes.ts";
import { readPeriod } from "../../sdk/periods.ts";
import type { Signature, Statement } from "../../core/statement.ts";
import { endTitle, nameOf } from "../desks/claimRow.ts";
import { bundleOf, claimNamed, claimsNamed, STATEMENT } from "../desks/named.ts";
import { RECEIPTS, receiptsFor } from "../desks/receipts.ts";
import { command, does, whole } from "../shell/command.ts";
import { unlockKey } from "../shell/keystore.ts";
import { readStatement } from "../statements/file.ts";
import { signNoted } from "../statements/sign.ts";
import { sent } from "./member.ts";
import { withFolders, type FolderOptions } from "./statementFolder.ts";

interface DisputeOptions {
  readonly relay?: boolean;
  readonly relayerKeystore?: string;
  readonly valid: number;
}

/** What the parties answer to a claim: the consumer disputes or accepts it, the supplier proves it. */
export function addAnswers(noun: Command): void {
  addDispute(noun);
  addAccept(noun);
  addProve(noun);
}

function addDispute(noun: Command): void {
  const dispute = command(
    noun,
    "dispute",
    "dispute claims, so that arbiters must judge them (the consumer's key)",
    "claim dispute 3-7 3-9 --keystore keys/de-7.json",
  )
    .argument("<claims...>", `ids, or statements: ${STATEMENT}`)
    .option("--relay", "sign the list with the consumer's key and let CONSORTIA_RELAYER_KEY pay")
    .option("--relayer-keystore <file>", "the encrypted key that pays")
    .option("--valid <seconds>", "how long the signed list holds", whole(60), 3_600);
  does(dispute, async (context, named: string[], options: DisputeOptions) => {
    const relayed = options.relay === true || options.relayerKeystore !== undefined;
    const { keystore } = context.settings;
    const signer = relayed ? await unlockKey({ keystore, variable: "CONSORTIA_KEY" }) : undefined;
    const consortium = await (relayed ? context.relayer(options.relayerKeystore) : context.writer());
    const claims = await claimsNamed(consortium, named, context.progress("Reading the log"));
    const disputed = new Set<Hash>();
    const transactions = [];
    for (const consumer of new Set(claims.map(({ statement }) => statement.consumer))) {
      const own = claims.filter(({ statement }) => statement.consumer === consumer);
      const ids = own.map(({ claim }) => claim);
      const result = await send(consortium, signer, { consumer, claims: ids, valid: options.valid });
      for (const id of result.disputed) disputed.add(id);
      transactions.push({ consumer, transaction: result.receipt.hash, gas: Number(result.receipt.gasUsed) });
    }
    const rows = claims.map(({ claim, statement }) => ({
      ...{ statement: nameOf(statement), claim, disputed: disputed.has(claim) },
    }));
    const passed = rows.length - disputed.size;
    const title = `Disputed: ${disputed.size}.${passed === 0 ? "" : ` Too late or ended: ${passed}.`}`;
    return { data: { claims: rows, transactions }, title, failed: passed > 0 };
  });
}

async function send(
  consortium: Consortium,
  signer: Signer | undefined,
  { consumer, claims, valid }: { consumer: MemberId; claims: readonly Hash[]; valid: number },
) {
  if (signer === undefined) return sendDispute(consortium, { consumer, claims });
  const deadline = (await readPeriod(consortium)).now + valid;
  return sendDisputeFor(consortium, await orderDispute(consortium, signer, { consumer, claims, deadline }));
}

function addAccept(noun: Command): void {
  const accept = withFolders(
    command(
      noun,
      "accept",
      "have a claim charged after all: countersign it now, or hand in the countersignature that its file carries",
      "claim accept 3-7 --keystore keys/de-7.json",
    ),
  ).argument("<claim>", `its id, or its statement: ${STATEMENT}`);
  does(accept, async ({ writer }, text: string, { store }: FolderOptions) => {
    const consortium = await writer();
    const { claim, statement } = await claimNamed(consortium, text);
    const countersignature = (await carriedBy(text)) ?? (await signed(consortium, statement, store));
    const { receipt, end } = await sendAcceptance(consortium, { claim, countersignature });
    return sent(endTitle(statement, end), receipt, { statement: nameOf(statement), ...end });
  });
}

/** The countersignature in a statement file; undefined where no file was named, or it carries none. */
async function carriedBy(text: string): Promise<Signature | undefined> {
  if (/^0x[0-9a-fA-F]{64}$|^\d+-\d+$/.test(text)) return undefined;
  return (await readStatement(text)).countersignature;
}

/** Countersigns what the consumer can look at: the desk has checked prices and sum when the claim was opened. */
async function signed(consortium: Consortium, statement: Statement, store: string): Promise<Signature> {
  const bundle = await bundleOf(createDirectoryStore(store), statement.root, store);
  return signNoted(consortium, store, statement, bundle);
}

function addProve(noun: Command): void {
  const prove = withFolders(
    command(
      noun,
      "prove",
      "have the records charged that the consumer signed receipts for, and give up the rest (the supplier's key)",
      "claim prove 3-7 --receipts .consortia/receipts --keystore keys/de-1.json",
    ),
  )
    .argument("<claim>", `its id, or its statement: ${STATEMENT}`)
    .option("--receipts <folder>", "where the consumer's receipts are", RECEIPTS);
  does(prove, async ({ writer, progress }, text: string, options: FolderOptions & { receipts: string }) => {
    const consortium = await writer();
    const { claim, statement } = await claimNamed(consortium, text);
    const store = createDirectoryStore(options.store);
    const records = bundleRecords(await bundleOf(store, statement.root, options.store));
    const receipts = await receiptsFor(consortium, options.receipts, records, progress("Reading receipts"));
    if (receipts.size === 0) {
      throw new ConsortiaError(
        "ReceiptsMissing",
        `${options.receipts} holds no receipt for any of the ${records.length} records of ${nameOf(statement)}. Name another --receipts folder.`,
        { values: { claim, folder: options.receipts } },
      );
    }
    const { receipt, end } = await sendClaimProof(consortium, { statement, records, receipts });
    const shown = { records: records.length, proven: receipts.size };
    return sent(endTitle(statement, end), receipt, { statement: nameOf(statement), ...shown, ...end });
  });
}
