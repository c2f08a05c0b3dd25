import { getBytes } from "ethers";
import { getBig } from "../../../core/abi.ts";
import { memberId, type MemberId } from "../../../core/ids.ts";
import { decodeLeg } from "../../../core/legs.ts";
import type { PeriodId } from "../../../core/period.ts";
import { decodeBatch } from "../../../core/statement.ts";
import { readAccount, readAdvance } from "../../../sdk/accounts.ts";
import type { Consortium } from "../../../sdk/consortium.ts";
import { readEvents } from "../../../sdk/log.ts";
import { noAccount, noMonth, type AccountFigures, type MonthFigures, type YearFigures } from "./figures.ts";
import type { Office } from "./office.ts";
import { COMMONS_ACCOUNT, MONTHS, RELIEF_ACCOUNT, type Account } from "./plan.ts";
import type { Credit, Treasury } from "./treasury.ts";

/**
 * What the chain says of a year: its logs for what was charged, paid and given, and the accounts as they stand.
 */
export async function measureYear(office: Office, { credit }: Treasury): Promise<YearFigures> {
  const tally = new Tally(office);
  await tally.statements();
  await tally.payments();
  const names = [COMMONS_ACCOUNT, RELIEF_ACCOUNT, ...office.plan.members.map(({ isil }) => isil)];
  for (const name of names) {
    const { position, cash, advances, debts } = await readAccount(office.admin, office.party(name).id);
    const account = tally.account(office.party(name).id);
    account.balance = position + cash - advances;
    if (credit?.sponsor === name) account.balance += await lentBeyond(office, credit);
    account.owed = debts;
  }
  return { months: tally.months, accounts: tally.accounts, returned: await returned(office) };
}

/** How many months were closed from a month on. */
export async function countClosed(consortium: Consortium, first: PeriodId): Promise<number> {
  const { ledger } = consortium.contracts;
  const closed = await readEvents(consortium, ledger, { filter: ledger.filters.PeriodClosed() });
  return closed.filter(({ args }) => Number(args.period) >= first).length;
}

class Tally {
  readonly months: readonly MonthFigures[] = Array.from({ length: MONTHS }, noMonth);
  readonly accounts = new Map<Account, AccountFigures>();
  readonly #office: Office;

  constructor(office: Office) {
    this.#office = office;
  }

  account(member: MemberId): AccountFigures {
    const name = this.#office.nameOf(member);
    const known = this.accounts.get(name);
    if (known !== undefined) return known;
    const account = noAccount();
    this.accounts.set(name, account);
    return account;
  }

  month(period: bigint): MonthFigures {
    const month = this.months[Number(period) - this.#office.first];
    if (month === undefined) throw new TypeError(`month ${period} is none of the year's`);
    return month;
  }

  /** What was charged, and what others paid and got of it. */
  async statements(): Promise<void> {
    const { admin } = this.#office;
    const { ledger, pricing } = admin.contracts;
    const periods = new Map<string, bigint>();
    for (const { args } of await readEvents(admin, ledger, { filter: ledger.filters.StatementsPosted() })) {
      const supplier = memberId(Number(args.supplier));
      const [period, bits] = [args.period as bigint, args.posted as bigint];
      const charges = getBytes(args.charges as string);
      const month = this.month(period);
      decodeBatch(supplier, getBytes(args.statements as string)).forEach(({ statement }, index) => {
        if (((bits >> BigInt(index)) & 1n) === 0n) {
          month.refused += 1n;
          return;
        }
        const [gross, fee] = [getBig(charges, 16 * index, 8), getBig(charges, 16 * index + 8, 8)];
        periods.set(`${supplier}/${statement.number}`, period);
        month.statements += 1n;
        month.gross += gross;
        month.fees += fee;
        this.account(supplier).supplied += gross;
        this.account(statement.consumer).drawn += gross + fee;
      });
    }
    for (const { args } of await readEvents(admin, pricing, { filter: pricing.filters.LegsSettled() })) {
      const month = this.month(periods.get(`${String(args.supplier)}/${String(args.number)}`) ?? 0n);
      const consumer = this.account(memberId(Number(args.consumer)));
      for (const leg of (args.legs as bigint[]).map(decodeLeg)) {
        if (leg.kind === "aid") {
          month.relief += leg.amount;
          consumer.relieved += leg.amount;
        } else {
          month.royalties += leg.amount;
          consumer.drawn += leg.amount;
          this.account(leg.holder).royalties += leg.amount;
        }
      }
    }
  }

  /** What net lenders got, what was invoiced and what was paid out. */
  async payments(): Promise<void> {
    const { admin } = this.#office;
    const { compensation, advances, ledger } = admin.contracts;
    const of = (args: Readonly<Record<string, unknown>>) => this.account(memberId(Number(args["member"])));
    const paid = { filter: compensation.filters.Compensated() };
    for (const { args } of await readEvents(admin, compensation, paid)) {
      this.month(args.period as bigint).compensation += args.amount as bigint;
      of(args).compensation += args.amount as bigint;
    }
    const raised = { filter: advances.filters.InvoiceRaised() };
    for (const { args } of await readEvents(admin, advances, raised))
      of(args).invoiced += args.amount as bigint;
    const withdrawn = { filter: ledger.filters.Withdrawn() };
    for (const { args } of await readEvents(admin, ledger, withdrawn))
      of(args).paidOut += args.amount as bigint;
  }
}

/** What a sponsor has still lent, less what it was given to lend: the rest of its account is its own. */
async function lentBeyond(office: Office, { sponsor, members, each }: Credit): Promise<bigint> {
  let lent = -each * BigInt(members.length);
  const from = office.party(sponsor).id;
  for (const name of members) lent += await readAdvance(office.admin, from, office.party(name).id);
  return lent;
}

/** What givers got back of the preset's grants. */
async function returned(office: Office): Promise<Map<string, bigint>> {
  const { pricing } = office.admin.contracts;
  const found = new Map<string, bigint>();
  const places = new Map(office.stage.regime.grants.map((relief, place) => [relief, place]));
  const events = await readEvents(office.admin, pricing, { filter: pricing.filters.GrantReturned() });
  for (const { args } of events) {
    const giver = office.stage.actors.find(({ key }) => key.address === args.giver);
    found.set(
      `${giver?.isil ?? String(args.giver)}/${places.get(Number(args.relief)) ?? -1}`,
      args.amount as bigint,
    );
  }
  return found;
}
