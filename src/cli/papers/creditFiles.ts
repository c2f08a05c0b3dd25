import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { readNotices } from "../../connectors/bank/file.ts";
import { isil, type Isil } from "../../core/ids.ts";
import { writeInstruction } from "../../documents/payment/instruction.ts";
import { listRedemptions, sendRedemptionConfirmation } from "../../sdk/redemptions.ts";
import { counted } from "../report/format.ts";
import { command, does, reading } from "../shell/command.ts";
import { readPieces, refuseExisting, writeText } from "../shell/files.ts";
import { documentHash, referenceHash } from "../terms/named.ts";
import { judgeNotices } from "./confirmations.ts";

/** Adds `credit instruction` and `credit confirm-file`. */
export function addCreditFiles(noun: Command): void {
  const instruction = command(
    noun,
    "instruction",
    'write where the bank is to pay, for "credit redeem" and the office\'s "document payment-file"',
    "credit instruction DE-7 --out instructions/de-7-2026-04.json",
  )
    .argument("<payee>", "the member whose account in the office file is paid: its ISIL", reading(isil))
    .requiredOption("--out <file>", "where it goes; it must not exist")
    .option("--reference <text>", "what stands on the payee's account statement");
  does(instruction, async (_, payee: Isil, { out, reference }: { out: string; reference?: string }) => {
    await refuseExisting(out, "A redemption may hang on it: name another file.");
    const salt = randomBytes(16).toString("hex");
    await writeText(
      out,
      writeInstruction({ payee, salt, ...(reference === undefined ? {} : { reference }) }),
    );
    const data = { payee, file: out, instruction: await documentHash(out) };
    return { data, title: `Redeem with it: consortia credit redeem AMOUNT --instruction ${out}` };
  });

  const confirm = command(
    noun,
    "confirm-file",
    "note every redemption that a file of the bank says is paid: pain.002, camt.054 or camt.053 (treasurer)",
    "credit confirm-file camt054.xml --keystore keys/treasury.json",
  ).argument("<file>", "as the bank sent it");
  does(confirm, async ({ reader, writer, progress }, path: string) => {
    const notices = await readNotices(readPieces(path));
    const { consortium, about } = await reader();
    const origin = { chainId: Number(about.chainId), asset: about.asset, currency: about.currency };
    const { booked, ...rest } = judgeNotices(notices, await listRedemptions(consortium), origin);
    const confirmed = [];
    const bar = progress("Confirming");
    for (const { redemption, amount, reference } of booked) {
      const payment = referenceHash(reference);
      await sendRedemptionConfirmation(await writer(), { redemption, payment });
      confirmed.push({ redemption, amount, reference, payment });
      bar(confirmed.length, booked.length);
    }
    const failed = rest.rejected.length + rest.doubtful.length > 0;
    const title = `${counted(confirmed.length, "redemption")} confirmed, ${rest.rejected.length} rejected.`;
    return { data: { confirmed, ...rest }, failed, title };
  });
}
