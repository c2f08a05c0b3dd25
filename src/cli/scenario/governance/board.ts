import { addMonths, formatPeriod, periodOf, type PeriodId } from "../../../core/period.ts";
import { credits, formatCredits, parseCredits, type Credits } from "../../../core/money.ts";
import type { Price } from "../../../core/schedule.ts";
import { prepareVeto } from "../../../sdk/charter.ts";
import { readProposal, sendQueue, type Motion } from "../../../sdk/proposals.ts";
import { prepareDraft, preparePublication, readVersion } from "../../../sdk/schedules.ts";
import { read, type PreparedCall } from "../../../sdk/verb.ts";
import { decide, mostFor, put, vote } from "./decision.ts";
import type { Polity } from "./polity.ts";

/** Months from a decision to the prices that it makes: long enough for every vote and wait on the way. */
const NOTICE = 3;

/** The Board raises the fee too far, the Council vetoes it, and the Board passes a smaller raise. */
export async function changeFees(polity: Polity): Promise<void> {
  await vetoRaise(polity, parseCredits("0.50"));
  await passRaise(polity, parseCredits("0.30"));
}

/** Prices in force from the last version on, as the log has them. */
export async function latestPrices({ relay }: Polity): Promise<Price[]> {
  const { schedule } = relay.contracts;
  const [version, block] = await read(Promise.all([schedule.lastVersion(), relay.provider.getBlockNumber()]));
  const { prices } = await readVersion(relay, Number(version), block);
  return [...prices];
}

/** The two calls that write prices and put them in force, months from now. */
export async function pricing(
  polity: Polity,
  prices: readonly Price[],
): Promise<{ calls: PreparedCall[]; from: PeriodId }> {
  const { relay } = polity;
  const from = addMonths(periodOf(await polity.now()), NOTICE);
  // The number that the draft will get, since nobody else writes one meanwhile.
  const version = (await read(relay.contracts.schedule.lastVersion())) + 1n;
  return {
    from,
    calls: [
      await prepareDraft(relay, { version: 0n, prices }),
      await preparePublication(relay, { version, from }),
    ],
  };
}

async function raise(polity: Polity, fee: Credits): Promise<{ motion: Motion; from: PeriodId }> {
  const prices = (await latestPrices(polity)).map((one) => (one.fee > 0n ? { ...one, fee } : one));
  const { calls, from } = await pricing(polity, prices);
  const description = `Let the fee be ${formatCredits(fee)} from ${formatPeriod(from)} on.`;
  return { motion: { house: "board", calls, description }, from };
}

async function vetoRaise(polity: Polity, fee: Credits): Promise<void> {
  const { relay } = polity;
  const { motion } = await raise(polity, fee);
  const matter = await put(polity, motion, await polity.first("board"));
  await vote(polity, [matter], mostFor);
  await sendQueue(relay, motion);
  await polity.note(`the Board passes a fee of ${formatCredits(fee)}, which must wait`);

  const calls = await Promise.all(motion.calls.map((call) => prepareVeto(relay, { call })));
  await decide(polity, { house: "council", calls, description: `Veto: ${motion.description}` }, mostFor);
  const { state } = await readProposal(relay, matter);
  await polity.note(`the Council vetoes it in time: the act is ${state}`);
}

async function passRaise(polity: Polity, fee: Credits): Promise<void> {
  const { motion, from } = await raise(polity, fee);
  await decide(polity, motion);
  const prices = await latestPrices(polity);
  const highest = credits(prices.reduce((most, one) => (one.fee > most ? one.fee : most), 0n));
  await polity.note(
    `the Board's fee of ${formatCredits(highest)} takes effect from ${formatPeriod(from)} on`,
  );
}
