import type { Signer } from "ethers";
import { ConsortiaError } from "../../../core/error.ts";
import type { Mode, SignedStatement, Statement } from "../../../core/statement.ts";
import { countersign, sendPost } from "../../../sdk/statements.ts";
import type { Bills } from "./bills.ts";
import type { Office } from "./office.ts";
import { COMMONS_ACCOUNT, type Deal } from "./plan.ts";

/** How many statements one transaction carries. */
const BATCH = 50;

/** What a regime refuses: that is in its figures, and no accident. */
const EXPECTED = new Set(["AboveMaximum", "NoRoom"]);

/**
 * Has the consumers of a month countersign and the suppliers post, in the order of the deals. What is done for the common
 * good is posted even where COMMONS cannot pay for it yet; what finds no room elsewhere is left out.
 * @throws `StatementRefused` where something is refused that no regime provides for
 */
export async function postMonth(office: Office, bills: Bills, month: number): Promise<void> {
  const deals = office.plan.deals.filter((deal) => deal.month === month);
  for (let at = 0; at < deals.length;) {
    const batch = stretch(deals, at);
    await post(office, bills, batch);
    at += batch.length;
  }
}

/** Deals from a place on that one transaction can carry: of one supplier, and alike. */
function stretch(deals: readonly Deal[], from: number): readonly Deal[] {
  const [head] = deals.slice(from, from + 1);
  const alike = ({ supplier, consumer }: Deal) =>
    supplier === head?.supplier && isGift(consumer) === isGift(head.consumer);
  let end = from;
  while (end < deals.length && end - from < BATCH && alike(deals[end] as Deal)) end++;
  return deals.slice(from, end);
}

async function post(office: Office, bills: Bills, deals: readonly Deal[]): Promise<void> {
  const [head] = deals;
  if (head === undefined) return;
  const signed: SignedStatement[] = [];
  for (const deal of deals) {
    const statement = await bills.write(deal);
    signed.push(await countersign(office.admin, signerOf(office, deal, statement), statement));
  }
  const mode: Mode = isGift(head.consumer) ? "acknowledge" : "skip";
  const posted = await sendPost(office.party(head.supplier).as, { statements: signed, mode });
  await office.stage.meter.note(`post (${mode})`, Promise.resolve(posted.receipt));
  const strange = posted.skipped.find(({ fault }) => !EXPECTED.has(fault));
  if (strange === undefined) return;
  throw new ConsortiaError(
    "StatementRefused",
    `Statement ${strange.number} of ${head.supplier}: ${strange.explanation}`,
  );
}

/** Whoever may countersign: a key of the consumer, and for COMMONS an attestor of the services. */
function signerOf(office: Office, deal: Deal, { lines }: Statement): Signer {
  if (!isGift(deal.consumer)) return office.actor(deal.consumer).key;
  const { stage } = office;
  const attestor = stage.preset.attestors.find(({ services }) =>
    lines.every(({ service }) => services.includes(service)),
  );
  const key = attestor === undefined ? undefined : stage.attestors.get(attestor.name);
  if (key === undefined) throw new TypeError(`nobody attests what ${deal.supplier} did for the common good`);
  return key;
}

function isGift(consumer: string): boolean {
  return consumer === COMMONS_ACCOUNT;
}
