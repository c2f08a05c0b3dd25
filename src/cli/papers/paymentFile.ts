import { dirname } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { credits, formatCredits } from "../../core/money.ts";
import { writePain001 } from "../../documents/payment/pain001.ts";
import { makeTransfers, type Transfer } from "../../documents/payment/transfer.ts";
import { listRedemptions } from "../../sdk/redemptions.ts";
import { counted } from "../report/format.ts";
import { command, does } from "../shell/command.ts";
import { refuseExisting, writeText } from "../shell/files.ts";
import { readEarlier, readInstructions } from "./instructions.ts";
import { readOffice } from "./officeFile.ts";

interface PaymentOptions {
  readonly office: string;
  readonly instructions: string;
  readonly date: string;
  readonly out: string;
  readonly earlier?: string;
  readonly again?: readonly string[];
}

/** Adds `document payment-file`. */
export function addPaymentFile(noun: Command): void {
  const verb = command(
    noun,
    "payment-file",
    "the redemptions that wait for the bank, as an ISO 20022 file (pain.001) that its portal takes",
    "document payment-file --office office.json --instructions instructions --date 2026-04-15 --out payments/2026-04-15.xml",
  )
    .requiredOption("--office <file>", "who pays, and where members have their accounts")
    .requiredOption(
      "--instructions <folder>",
      'files of "credit instruction" that redemptions were made with',
    )
    .requiredOption("--date <day>", "when the bank is to pay, such as 2026-04-15", day)
    .requiredOption("--out <file>", "where the file goes; its name ends with .xml", xmlFile)
    .option(
      "--earlier <folder>",
      "earlier payment files, whose transfers are left out; the folder of --out by default",
    )
    .option(
      "--again <redemptions...>",
      "pay these although an earlier file holds them: the bank rejected it",
    );
  does(verb, async ({ reader }, options: PaymentOptions) => {
    const { consortium, about } = await reader();
    const office = await readOffice(options.office, about);
    const instructions = await readInstructions(options.instructions);
    const waiting = (await listRedemptions(consortium)).filter(({ payment }) => payment === undefined);
    const origin = { chainId: Number(about.chainId), asset: about.asset };
    const { transfers, refused } = makeTransfers(waiting, instructions, office, origin);
    const folder = options.earlier ?? dirname(options.out);
    const earlier = await readEarlier(folder, options.earlier === undefined);
    const sent = ({ endToEndId, redemption }: Transfer) =>
      earlier.has(endToEndId) && options.again?.includes(String(redemption)) !== true;
    const fresh = transfers.filter((one) => !sent(one));
    const total = credits(fresh.reduce((sum, { amount }) => sum + amount, 0n));
    const outcome = {
      ...{ date: options.date, currency: office.currency, transfers: fresh.length, total },
      earlier: { folder, transfers: earlier.size },
      alreadySent: transfers.filter(sent).map(({ redemption }) => redemption),
      payments: fresh.map(({ redemption, payee, iban, amount, endToEndId }) => ({
        ...{ redemption, payee, iban, amount, endToEndId },
      })),
      refused,
    };
    const failed = refused.length > 0;
    if (fresh.length === 0)
      return { data: outcome, failed, title: "There is nothing to pay: no file was made." };
    await refuseExisting(
      options.out,
      "Without it nobody knows what the bank was asked before: name another file.",
    );
    const { messageId, xml } = writePain001(fresh, office, options.date);
    await writeText(options.out, xml);
    const title = `${options.out}: ${counted(fresh.length, "transfer")} of ${formatCredits(total)} ${office.currency} together.`;
    return { data: { file: options.out, messageId, ...outcome }, failed, title };
  });
}

/** By its name a payment file is found again, so that nothing is paid twice. */
function xmlFile(path: string): string {
  if (/\.xml$/i.test(path)) return path;
  throw new InvalidArgumentError("Name a file that ends with .xml: by that earlier payment files are found.");
}

function day(text: string): string {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(NaN);
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError("Write a day as 2026-04-15.");
}
