import { parseCredits } from "../src/core/money.ts";
import { sendAnnouncement, sendWithdrawal } from "../src/sdk/accounts.ts";
import { sendClose } from "../src/sdk/periods.ts";
import { periodEnd } from "../src/core/period.ts";
import { readPeriod } from "../src/sdk/periods.ts";
import { createCrowd, postBatch } from "./crowd.ts";
import type { Crowd } from "./crowd.ts";
import { legsGas } from "./legs.ts";

const DAY = 86_400;

/** What the chain charges for the least that a countersigned statement can do; Prague prices. */
const FLOOR = {
  /** cold word read and rewritten: the consumer's account */
  account: 5_000,
  /** the precompiled signature recovery */
  recovery: 3_000,
  /** what every transaction pays */
  transaction: 21_000,
  /** cold word read: the signer's key */
  key: 2_100,
  zeroByte: 4,
  byte: 16,
  logByte: 8,
  /** a log without data, and each of its topics */
  log: 375,
} as const;

/** The gas bench: flat figures, each beside its floor or a peer measured in the same run. */
export async function benchGas(progress: (line: string) => void): Promise<Record<string, number>> {
  const closes: Record<string, number> = {};
  for (const size of [3, 300, 3000]) {
    progress(`close of a month with ${size} members`);
    closes[`close.${size}`] = await closeGas(size);
  }

  progress("posting, recording and withdrawing");
  const crowd = await createCrowd(52);
  await postBatch(crowd, 50); // the month's first touch rolls every account; what follows is the month's bulk
  const fifty = await postBatch(crowd, 50);
  const one = await postBatch(crowd, 1);
  const records = await postBatch(crowd, 50, { records: 50 });
  const marginal = (fifty.gas - one.gas) / 49;
  const floor = postFloor(fifty.bytes, one.bytes);
  const { withdraw, transfer } = await withdrawGas(crowd);
  progress("relief and royalties");
  const legs = await legsGas();

  return {
    "post.marginal.50": Math.round(marginal),
    "post.floor.50": Math.round(floor),
    "post.ratio": round(marginal / floor),
    ...legs,
    "post.batch.1": one.gas,
    "post.batch.50": fifty.gas,
    "record.50": Math.round((records.gas - one.gas) / 49 / 50),
    "record.floor.50": Math.round(floor / 50),
    ...closes,
    "close.floor": FLOOR.transaction + 4 * FLOOR.byte + FLOOR.account + 3 * FLOOR.log,
    "close.ratio": round((closes["close.3000"] ?? 0) / (closes["close.3"] ?? 1)),
    withdraw,
    "withdraw.floor": transfer + FLOOR.account,
    "erc20.transfer": transfer,
  };
}

/** Gas of closing a month in which every member drew a loan. */
async function closeGas(size: number): Promise<number> {
  const crowd = await createCrowd(size);
  for (let done = 0; done < size - 1; done += 50) await postBatch(crowd, 50, { skip: done });
  const { admin, time } = crowd.consortium;
  await time.increaseTo(periodEnd((await readPeriod(admin)).open));
  return Number((await sendClose(admin)).gasUsed);
}

/** A withdrawal and, beside it, a plain transfer of the same asset to an account that holds some already. */
async function withdrawGas({ consortium, members }: Crowd): Promise<{ withdraw: number; transfer: number }> {
  const { admin, time, deployment } = consortium;
  const member = members[0];
  if (member === undefined) throw new Error("a crowd needs members");
  const amount = parseCredits("10");
  const { asset } = admin.contracts;
  const holder = deployment.charter;
  await (await asset.issue(holder, amount)).wait();
  await (await asset.issue(await admin.signer!.getAddress(), amount)).wait();
  const transfer = await (await asset.transfer(holder, amount / 2n)).wait();

  await sendAnnouncement(admin, { member, amount });
  await time.increase(7 * DAY);
  const withdraw = await sendWithdrawal(admin, member);
  return { withdraw: Number(withdraw.gasUsed), transfer: Number(transfer?.gasUsed ?? 0) };
}

/** The floor of one more statement: its bytes as calldata and in the log, one account, one signature, one key. */
function postFloor(fifty: string, one: string): number {
  const bytes = (byteLength(fifty) - byteLength(one)) / 49;
  const calldata = (calldataGas(fifty) - calldataGas(one)) / 49;
  return FLOOR.account + FLOOR.recovery + FLOOR.key + calldata + bytes * FLOOR.logByte;
}

function byteLength(data: string): number {
  return (data.length - 2) / 2;
}

function calldataGas(data: string): number {
  let gas = 0;
  for (let at = 2; at < data.length; at += 2)
    gas += data.slice(at, at + 2) === "00" ? FLOOR.zeroByte : FLOOR.byte;
  return gas;
}

function round(ratio: number): number {
  return Math.round(ratio * 1_000) / 1_000;
}
