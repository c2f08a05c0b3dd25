import type { Signer } from "ethers";
import { encodeIsil } from "../src/chain/isil.ts";
import { hash, isil, memberId, statementNumber } from "../src/core/ids.ts";
import type { MemberId } from "../src/core/ids.ts";
import { parseCredits } from "../src/core/money.ts";
import type { Line } from "../src/core/statement.ts";
import { addMonths } from "../src/core/period.ts";
import type { PeriodId } from "../src/core/period.ts";
import { countersign, preparePost, sendPost } from "../src/sdk/statements.ts";
import { createConsortium, LOAN, OCTOBER } from "../test/support/consortium.ts";
import type { TestConsortium } from "../test/support/consortium.ts";

const ROOT = hash(`0x${"5a".repeat(32)}`);
const DEPOSIT = parseCredits("1000");

/** Members that one service centre's key acts for, each with credits and room. */
export interface Crowd {
  readonly consortium: TestConsortium;
  readonly key: Signer;
  readonly members: readonly MemberId[];
}

/** Admits and funds `size` members. Transactions are sent by the node's own account: nothing is signed here. */
export async function createCrowd(size: number): Promise<Crowd> {
  const consortium = await createConsortium();
  const { admin, ethers } = consortium;
  const [key] = await ethers.getSigners();
  if (key === undefined) throw new Error("the bench chain has no accounts");
  const { register, ledger, asset } = admin.contracts;
  await (await asset.issue(key, DEPOSIT * BigInt(size))).wait();
  await (await asset.approve(ledger, DEPOSIT * BigInt(size))).wait();
  const first = Number(await register.lastMember()) + 1;
  const members = Array.from({ length: size }, (_, index) => memberId(first + index));
  for (const member of members) {
    const name = encodeIsil(isil(`XA-C${member}`));
    await register.applyFor(name, 1, 1 + (member % 3), 1, 1, key, { gasLimit: 500_000 });
    await register.admit(member, { gasLimit: 500_000 });
    await ledger.deposit(member, DEPOSIT, { gasLimit: 500_000 });
  }
  return { consortium, key, members };
}

let number = 0;

/** Posts one batch of statements by the first member to the next ones. @returns gas used and the batch's size */
export async function postBatch(
  { consortium, key, members }: Crowd,
  statements: number,
  options: { records?: number; skip?: number; period?: PeriodId; line?: Line } = {},
): Promise<{ gas: number; bytes: string }> {
  const [supplier, ...others] = members;
  if (supplier === undefined) throw new Error("a crowd needs a supplier");
  const { period = OCTOBER, line = { service: LOAN, quantity: options.records ?? 1 } } = options;
  const signed = [];
  for (const consumer of others.slice(options.skip ?? 0, (options.skip ?? 0) + statements)) {
    const statement = {
      supplier,
      consumer,
      number: statementNumber(number++),
      period,
      lines: [line],
      maximum: parseCredits("900"),
      root: ROOT,
      lastPeriod: addMonths(period, 3),
    };
    signed.push(await countersign(consortium.admin, key, statement));
  }
  const batch = { statements: signed, mode: "allOrNothing" } as const;
  const { data } = await preparePost(consortium.admin, batch);
  const { receipt } = await sendPost(consortium.admin, batch);
  return { gas: Number(receipt.gasUsed), bytes: data };
}
