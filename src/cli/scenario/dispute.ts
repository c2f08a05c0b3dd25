import type { Hash } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import type { RecordStore } from "../../records/store.ts";
import { sendAppeal, sendAward, sendRuling } from "../../sdk/awards.ts";
import { sendAcceptance, sendClaim, sendClaimProof, sendClaimWithdrawal } from "../../sdk/claims.ts";
import { findCharge } from "../../sdk/charges.ts";
import { actAs } from "../../sdk/consortium.ts";
import { orderDispute, sendDispute, sendDisputeFor } from "../../sdk/disputes.ts";
import { findDuplicates } from "../../sdk/duplicates.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { signReceipt } from "../../sdk/receipts.ts";
import { sendDuplicateReversal, sendRefund, sendStatementRefund } from "../../sdk/reversals.ts";
import { countersign, sendPost } from "../../sdk/statements.ts";
import type { SettledMonth } from "./month.ts";
import { createKey, type Actor } from "./stage.ts";
import { actorOf, Biller, fund, recordsOf, type Bill } from "./trouble.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const BORROWERS = 6;
/** The appellate arbiters' role of Roles.sol. */
const APPELLATE = 7n;

/**
 * Everything that can go wrong after a month: six claims with an end each (unchallenged, awarded, ruled on, proven,
 * accepted, withdrawn), a refund of some records and one of a whole statement, and a record that is charged twice.
 * The clock stands a quarter of a year later afterwards, and nothing is open.
 */
export async function quarrel(settled: SettledMonth, store: RecordStore): Promise<void> {
  const { stage, month } = settled;
  const { lender, borrowers } = parties(settled);
  await fund(stage, lender, "100");
  for (const borrower of borrowers) await fund(stage, borrower, "150");
  const biller = new Biller(stage, store, month);
  const service = stage.preset.services[0]?.id;
  if (service === undefined) throw new TypeError("the preset offers no service");

  const bills: Bill[] = [];
  for (const [index, borrower] of borrowers.entries()) {
    const services = ["a", "b"].map((part) => ({ request: `unsigned-${index}${part}`, service }));
    bills.push(await biller.bill(lender, borrower, services));
  }
  await claimAll(settled, bills);
  await refundSome(settled, store);
  await chargeTwice(settled, store, biller);
  await waitOut(settled);
}

/** The member that supplied most statements, and six others. */
function parties({ stage, posted }: SettledMonth): { lender: Actor; borrowers: readonly Actor[] } {
  const count = (actor: Actor) =>
    posted.filter(({ billed }) => billed.statement.supplier === actor.id).length;
  const [lender, ...others] = [...stage.actors].sort((a, b) => count(b) - count(a));
  if (lender === undefined || others.length < BORROWERS) {
    throw new TypeError(`this scenario needs ${BORROWERS + 1} members`);
  }
  return { lender, borrowers: others.slice(0, BORROWERS) };
}

async function claimAll({ stage }: SettledMonth, bills: readonly Bill[]): Promise<void> {
  const { admin, chain, meter } = stage;
  const claims: { bill: Bill; id: Hash }[] = [];
  for (const bill of bills) {
    const { claim, receipt } = await sendClaim(bill.supplier.as, bill);
    await meter.note("claim", Promise.resolve(receipt));
    claims.push({ bill, id: claim });
  }
  const [, awarded, ruled, proven, accepted, withdrawn] = claims;
  if (!awarded || !ruled || !proven || !accepted || !withdrawn) throw new TypeError("six claims are needed");

  const { receipt } = await sendDispute(awarded.bill.consumer.as, {
    consumer: awarded.bill.consumer.id,
    claims: [awarded.id],
  });
  await meter.note("dispute", Promise.resolve(receipt));
  // These two have no coin for gas: a stranger brings their signed lists.
  const stranger = actAs(admin, await createKey(chain));
  const { now } = await readPeriod(admin);
  for (const { bill, id } of [ruled, proven]) {
    const order = await orderDispute(admin, bill.consumer.key, {
      consumer: bill.consumer.id,
      claims: [id],
      deadline: now + DAY,
    });
    await sendDisputeFor(stranger, order);
  }

  const half = ({ bill, id }: { bill: Bill; id: Hash }) => ({
    claim: id,
    gross: credits(bill.gross / 2n),
    fee: credits(bill.fee / 2n),
  });
  await meter.note("award", sendAward(admin, half(awarded)));
  await sendAward(admin, { claim: ruled.id, gross: ruled.bill.gross, fee: ruled.bill.fee });
  await sendAppeal(ruled.bill.consumer.as, { party: ruled.bill.consumer.id, claim: ruled.id });
  // Whoever made the award does not rule on it as well.
  const bench = await createKey(chain);
  await (await admin.contracts.charter.grantRole(APPELLATE, bench.address, 0)).wait();
  await sendRuling(actAs(admin, bench), half(ruled));

  const [first] = proven.bill.records;
  if (first === undefined) throw new TypeError("a bill without records");
  const signed = await signReceipt(admin, proven.bill.consumer.key, first);
  await sendClaimProof(proven.bill.supplier.as, { ...proven.bill, receipts: new Map([[0, signed]]) });

  const { countersignature } = await countersign(admin, accepted.bill.consumer.key, accepted.bill.statement);
  await sendAcceptance(stranger, { claim: accepted.id, countersignature });
  await sendClaimWithdrawal(withdrawn.bill.supplier.as, withdrawn.id);
}

/** Some records of one posted statement, and all of another. */
async function refundSome({ stage, posted }: SettledMonth, store: RecordStore): Promise<void> {
  const { admin, meter } = stage;
  const [part, whole] = posted.filter(
    ({ billed, status }) => status === "posted" && billed.records.length > 1,
  );
  if (part === undefined || whole === undefined)
    throw new TypeError("two statements of two records are needed");
  const { statement } = part.billed;
  const reversed = await sendRefund(actorOf(stage, statement.supplier).as, {
    charge: await findCharge(admin, statement),
    records: await recordsOf(store, statement.root),
    indices: [0],
  });
  await meter.note("refund", Promise.resolve(reversed.receipt));
  const other = whole.billed.statement;
  await sendStatementRefund(actorOf(stage, other.supplier).as, await findCharge(admin, other));
}

/** A supplier bills a record again, the consumer signs without looking, and a stranger proves it. */
async function chargeTwice(
  { stage, posted }: SettledMonth,
  store: RecordStore,
  biller: Biller,
): Promise<void> {
  const { admin, chain, meter } = stage;
  const earlier = posted.filter(({ status }) => status === "posted").at(-1)?.billed;
  const record = earlier?.records[0];
  if (earlier === undefined || record === undefined) throw new TypeError("a posted statement is needed");
  const { request, service, charge, quantity } = record;
  const supplier = actorOf(stage, earlier.statement.supplier);
  const consumer = actorOf(stage, earlier.statement.consumer);
  await fund(stage, consumer, "100");
  const again = await biller.bill(supplier, consumer, [{ request: request.id, service, charge, quantity }]);
  const signed = await countersign(admin, consumer.key, again.statement);
  await sendPost(supplier.as, { statements: [signed], mode: "allOrNothing" });

  const { duplicates } = await findDuplicates(admin, {
    ...{ supplier: supplier.id, consumer: consumer.id },
    recordsOf: (root) => recordsOf(store, root),
  });
  const [found] = duplicates;
  if (found === undefined) throw new TypeError("the record that was billed twice was not found");
  const stranger = actAs(admin, await createKey(chain));
  const { receipt } = await sendDuplicateReversal(stranger, found);
  await meter.note("reverse duplicate", Promise.resolve(receipt));
}

/** Lets the windows go by; the keeper closes the months and settles the claims. */
async function waitOut({ stage }: SettledMonth): Promise<void> {
  const { admin, chain, keeper } = stage;
  for (let week = 0; week < 13; week++) {
    const { now } = await readPeriod(admin);
    await chain.setTime(now + 7 * DAY + HOUR);
    await keeper.tick();
  }
}
