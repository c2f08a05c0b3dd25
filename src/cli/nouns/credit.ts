import type { Command } from "commander";
import { formatCredits, type Credits } from "../../core/money.ts";
import { sendIssue } from "../../sdk/assets.ts";
import * as commitments from "../../sdk/commitments.ts";
import * as redemptions from "../../sdk/redemptions.ts";
import { addCreditFiles } from "../papers/creditFiles.ts";
import { amount, command, does, reading, whole } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { addressOf, documentHash, referenceHash } from "../terms/named.ts";
import { sent } from "./member.ts";

const REFERENCE = "the bank's reference; its hash is logged and counts once";

export function addCredit(program: Command): void {
  const noun = program
    .command("credit")
    .description("the consortium's own credits: what was promised and paid for them, and what is paid out");
  addPromises(noun);
  addIssue(noun);
  addRedemptions(noun);
  addCreditFiles(noun);
  addShow(noun);
}

function addPromises(noun: Command): void {
  const commit = command(
    noun,
    "commit",
    "note what a member promised to pay: so much more can be issued (treasurer)",
    "credit commit DE-7 1200.00 --document promise.pdf",
  )
    .argument("<member>", "number or ISIL")
    .argument("<amount>", "credits", amount)
    .requiredOption("--document <file>", "what the member signed; its hash is logged");
  does(commit, async ({ writer }, name: string, sum: Credits, { document }: { document: string }) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, name);
    const promise = { member, amount: sum, document: await documentHash(document) };
    const receipt = await commitments.sendCommitment(consortium, promise);
    return sent(`Member ${member} has promised ${formatCredits(sum)} more.`, receipt, promise);
  });

  const release = command(
    noun,
    "release",
    "let a member off what it promised, as far as no credit hangs on it (treasurer)",
    "credit release DE-7 200.00",
  )
    .argument("<member>", "number or ISIL")
    .argument("<amount>", "credits", amount);
  does(release, async ({ writer }, name: string, sum: Credits) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, name);
    const receipt = await commitments.sendCommitmentRelease(consortium, { member, amount: sum });
    const title = `Member ${member} need not pay ${formatCredits(sum)} of what it promised.`;
    return sent(title, receipt, { member, amount: sum });
  });

  const confirm = command(
    noun,
    "confirm-payment",
    "note what a member paid to the bank, which lowers what it still has to (treasurer)",
    "credit confirm-payment DE-7 1200.00 --payment RF18539007547034",
  )
    .argument("<member>", "number or ISIL")
    .argument("<amount>", "credits", amount)
    .requiredOption("--payment <reference>", REFERENCE);
  does(confirm, async ({ writer }, name: string, sum: Credits, options: { payment: string }) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, name);
    const payment = referenceHash(options.payment);
    const receipt = await commitments.sendPaymentConfirmation(consortium, { member, amount: sum, payment });
    const title = `Member ${member} has paid ${formatCredits(sum)}.`;
    return sent(title, receipt, { member, amount: sum, payment });
  });
}

function addIssue(noun: Command): void {
  const issue = command(
    noun,
    "issue",
    "issue credits to a key, no more than was promised and paid (treasurer)",
    "credit issue 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 1200.00",
  )
    .argument("<key>", "whose they are: an address", reading(addressOf))
    .argument("<amount>", "credits", amount);
  does(issue, async ({ writer }, to: string, sum: Credits) => {
    const receipt = await sendIssue(await writer(), { to, amount: sum });
    return sent(`${to} has ${formatCredits(sum)} more.`, receipt, { to, amount: sum });
  });
}

function addRedemptions(noun: Command): void {
  const redeem = command(
    noun,
    "redeem",
    "burn the key's own credits for the bank to pay out",
    "credit redeem 300.00 --instruction payout.pdf --keystore keys/de-7.json",
  )
    .argument("<amount>", "credits", amount)
    .requiredOption("--instruction <file>", "where the bank is to pay; its hash is logged");
  does(redeem, async ({ writer }, sum: Credits, options: { instruction: string }) => {
    const burn = { amount: sum, instruction: await documentHash(options.instruction) };
    const { redemption, receipt } = await redemptions.sendRedemption(await writer(), burn);
    const title = `Redemption ${redemption} waits for the bank to pay ${formatCredits(sum)}.`;
    return sent(title, receipt, { redemption, ...burn });
  });

  const confirm = command(
    noun,
    "confirm-redemption",
    "note that the bank paid a redemption out, whole (treasurer)",
    "credit confirm-redemption 5 --payment RF18539007547034",
  )
    .argument("<redemption>", "its number", whole(1))
    .requiredOption("--payment <reference>", REFERENCE);
  does(confirm, async ({ writer }, redemption: number, options: { payment: string }) => {
    const payment = referenceHash(options.payment);
    const receipt = await redemptions.sendRedemptionConfirmation(await writer(), { redemption, payment });
    return sent(`Redemption ${redemption} is paid out.`, receipt, { redemption, payment });
  });
}

function addShow(noun: Command): void {
  const show = command(
    noun,
    "show",
    "what stands behind the credits: promises by member, payments, and redemptions that wait",
    "credit show",
  );
  does(show, async ({ reader }) => {
    const { consortium } = await reader();
    const [backing, promises, all] = await Promise.all([
      commitments.readBacking(consortium),
      commitments.listCommitments(consortium),
      redemptions.listRedemptions(consortium),
    ]);
    const waiting = all
      .filter(({ payment }) => payment === undefined)
      .map(({ redemption, holder, amount: sum, instruction }) => ({
        ...{ redemption, holder, amount: sum, instruction },
      }));
    return { data: { ...backing, commitments: promises, redemptions: waiting } };
  });
}
