import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { getBytes, hexlify } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { hash } from "../../core/ids.ts";
import type { Hash } from "../../core/ids.ts";
import type { ServiceRecord } from "../../core/record.ts";
import { decodeAlone, encodeAlone } from "../../core/statement.ts";
import type { Signature } from "../../core/statement.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isReceipt, leafOf } from "../../sdk/receipts.ts";
import { readJson, writeText } from "../shell/files.ts";

/** Where receipts are kept unless another folder is named. */
export const RECEIPTS = join(".consortia", "receipts");

/** A receipt on its way: signed by the consumer, shown by the supplier should it have to claim. */
export interface ReceiptFile {
  readonly chainId: number;
  readonly ledger: string;
  /** The record's leaf. */
  readonly record: Hash;
  /** For the reader: the signature covers the leaf alone. */
  readonly request: string;
  readonly signature: Signature;
}

/** Where a record's receipt is kept: a file of its own under its leaf. */
export function receiptPath(folder: string, record: Hash): string {
  return join(folder, `${record}.json`);
}

export async function writeReceipt(folder: string, receipt: ReceiptFile): Promise<string> {
  const path = receiptPath(folder, receipt.record);
  const plain = { version: 1, ...receipt, signature: hexlify(encodeAlone(receipt.signature)) };
  await writeText(path, `${JSON.stringify(plain, null, 2)}\n`);
  return path;
}

/** The receipt for a leaf, or undefined where the folder has none. @throws `ReceiptFileInvalid`, `FileNotJson` */
export async function readReceipt(folder: string, record: Hash): Promise<ReceiptFile | undefined> {
  const path = receiptPath(folder, record);
  const held = await readdir(folder).catch((): string[] => []);
  if (!held.includes(`${record}.json`)) return undefined;
  const source = (await readJson(path)) as Readonly<Record<string, unknown>>;
  try {
    if (source["version"] !== 1 || hash(String(source["record"])) !== record) throw new TypeError();
    return {
      chainId: Number(source["chainId"]),
      ledger: String(source["ledger"]),
      record,
      request: String(source["request"]),
      signature: decodeAlone(getBytes(String(source["signature"]))),
    };
  } catch (cause) {
    const reason = isConsortiaError(cause) ? cause.message.replace(/\.$/, "") : "a part is missing or wrong";
    const message = `${path} is no receipt, or was damaged: ${reason}. Have it signed again.`;
    throw new ConsortiaError("ReceiptFileInvalid", message, { cause, values: { path } });
  }
}

/**
 * Receipts of a folder by the places of their records.
 * @throws `ReceiptUnsigned` where one is not signed by a key of the consumer that may countersign
 */
export async function receiptsFor(
  consortium: Consortium,
  folder: string,
  records: readonly ServiceRecord[],
  progress: (done: number, total: number) => void = () => {},
): Promise<Map<number, Signature>> {
  const found = new Map<number, Signature>();
  for (const [index, record] of records.entries()) {
    const receipt = await readReceipt(folder, leafOf(consortium, record));
    progress(index + 1, records.length);
    if (receipt === undefined) continue;
    if (!(await isReceipt(consortium, record, receipt.signature))) {
      throw new ConsortiaError(
        "ReceiptUnsigned",
        `The receipt for record ${index} (${receipt.request}) is signed by no living key of member ${record.consumer} that may countersign. Have it signed again, or take it out of ${folder}.`,
        { values: { index, request: receipt.request, folder } },
      );
    }
    found.set(index, receipt.signature);
  }
  return found;
}
