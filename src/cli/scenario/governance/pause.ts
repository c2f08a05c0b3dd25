import type { HDNodeWallet } from "ethers";
import { isConsortiaError } from "../../../core/error.ts";
import { credits, formatCredits, parseCredits } from "../../../core/money.ts";
import { readAccount, sendAnnouncement, sendWithdrawal } from "../../../sdk/accounts.ts";
import { actAs } from "../../../sdk/consortium.ts";
import { readPeriod, sendPause } from "../../../sdk/periods.ts";
import { countersign, sendPost } from "../../../sdk/statements.ts";
import { read } from "../../../sdk/verb.ts";
import { Biller } from "../trouble.ts";
import { DAY, type Polity } from "./polity.ts";

const HOUR = 3_600;
const AMOUNT = parseCredits("40.00");

/**
 * The guardian stops posting for as long as it may. Meanwhile a withdrawal is paid out and a statement is refused; when
 * the pause is over, by itself, the same statement is posted.
 */
export async function pauseAndGoOn(polity: Polity, guardian: HDNodeWallet): Promise<void> {
  const { stage, relay, store } = polity;
  const [supplier, consumer, leaver] = stage.actors;
  const [service] = stage.preset.services;
  if (supplier === undefined || consumer === undefined || leaver === undefined || service === undefined) {
    throw new TypeError("a pause needs three members and a service");
  }
  await sendAnnouncement(leaver.as, { member: leaver.id, amount: AMOUNT });
  await polity.wait(stage.preset.terms.withdrawalNotice - HOUR);
  const { open } = await polity.keep();
  const biller = new Biller(stage, store, open);
  const { statement } = await biller.bill(supplier, consumer, [{ request: "paused-1", service: service.id }]);
  const signed = await countersign(relay, consumer.key, statement);

  const seconds = Number(await read(relay.contracts.ledger.PAUSE_LIMIT()));
  await sendPause(actAs(relay, guardian), { seconds });
  await polity.note(`the guardian pauses posting for ${seconds / DAY} days`);
  if (!(await isRefused(sendPost(supplier.as, { statements: [signed], mode: "allOrNothing" })))) {
    throw new TypeError("the pause stopped nothing");
  }
  await polity.wait(2 * HOUR);
  const before = await readAccount(relay, leaver.id);
  await sendWithdrawal(relay, leaver.id);
  const after = await readAccount(relay, leaver.id);
  await polity.note(
    `a statement is refused, a withdrawal of ${formatCredits(credits(before.cash - after.cash))} goes on`,
  );

  const { pausedUntil } = await readPeriod(relay);
  await polity.waitUntil((pausedUntil ?? 0) + HOUR);
  await polity.keep();
  await sendPost(supplier.as, { statements: [signed], mode: "allOrNothing" });
  await polity.note("the pause has ended by itself, and the statement is posted");
}

/** Whether a posting fails because posting is paused. @throws whatever else it fails for */
async function isRefused(posting: Promise<unknown>): Promise<boolean> {
  try {
    await posting;
    return false;
  } catch (error) {
    if (isConsortiaError(error, "LedgerPaused")) return true;
    throw error;
  }
}
