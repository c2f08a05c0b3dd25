import { COMMONS, type MemberId } from "../../core/ids.ts";
import { credits, parseCredits, ZERO, type Credits } from "../../core/money.ts";
import type { Bundle } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { listMembers, readTier, type Member } from "../../sdk/members.ts";
import { readPrice } from "../../sdk/schedules.ts";
import { read } from "../../sdk/verb.ts";
import type { MonthGas, MonthMember, MonthReport, MonthService, MonthStatement } from "../report/month.ts";
import { checkBook } from "../audit/check.ts";
import type { NamedDeployment } from "../shell/deployment.ts";
import type { BookMonth, MonthCharge } from "./month.ts";

const TIERS = [1, 2, 3, 4, 5];

/** A closed month's report from the chain's log and the bundles at hand; what was never billed is not in it. */
export async function reportMonth(
  consortium: Consortium,
  about: NamedDeployment,
  store: RecordStore,
  book: BookMonth,
): Promise<MonthReport> {
  const bundles = new Map<string, Bundle>();
  for (const { statement, gross } of book.statements) {
    const bundle = await store.get(statement.root);
    // Of a claim that was charged in part nobody knows which records were.
    if (bundle !== undefined && sumOf(bundle) <= gross) bundles.set(statement.root, bundle);
  }
  const institutions = await listMembers(consortium);
  const members = [
    commonsRow(book, institutions),
    ...(await Promise.all(
      institutions.map(async (member) => ({
        ...memberRow(book, bundles, about, member, institutions),
        tier: await readTier(consortium, member.id, book.month),
      })),
    )),
  ];
  const broken = await checkBook(consortium);
  return {
    consortium: about.name,
    currency: about.currency,
    period: book.month,
    network: {
      chainId: Number(about.chainId),
      ledger: about.ledger,
      fromBlock: about.fromBlock,
      toBlock: book.toBlock,
    },
    members,
    services: await servicesOf(consortium, about, book, bundles),
    statements: book.statements.map((one) => statementRow(one, bundles)),
    exceptions: [],
    messages: 0,
    totals: {
      gross: sum(book.statements, ({ gross }) => gross),
      fees: sum(book.statements, ({ fee }) => fee),
      net: sum(members, ({ net }) => (net > 0n ? net : ZERO)),
      paid: sum([...book.paid.values()], (amount) => amount),
      acknowledged: sum(book.statements, ({ acknowledged }) => acknowledged),
      advances: sum(book.advances, ({ amount }) => amount),
      deposits: sum([...book.deposited.values()], (amount) => amount),
      refunds: sum(book.refunds, ({ amount }) => amount),
    },
    gas: await gasOf(consortium, book),
    invariants: broken.length === 0 ? "held" : broken,
  };
}

function memberRow(
  book: BookMonth,
  bundles: ReadonlyMap<string, Bundle>,
  about: NamedDeployment,
  member: Member,
  others: readonly Member[],
): MonthMember {
  const { id, isil, tier } = member;
  const supplied = book.statements.filter(({ statement }) => statement.supplier === id);
  const consumed = book.statements.filter(({ statement }) => statement.consumer === id);
  const [given, drawn] = [sum(supplied, ({ gross }) => gross), sum(consumed, ({ gross }) => gross)];
  const fees = sum(consumed, ({ fee }) => fee);
  const refunded = (side: "supplier" | "consumer") =>
    sum(
      book.refunds.filter((refund) => refund[side] === id),
      ({ amount }) => amount,
    );
  const net = credits(given - drawn - fees + refunded("consumer") - refunded("supplier"));
  const count = (list: typeof supplied, service: number) =>
    list.flatMap(({ statement }) =>
      (bundles.get(statement.root)?.records ?? []).filter((record) => record.service === service),
    ).length;
  return {
    ...{ id, isil, name: isil, tier, region: String(member.region), kind: `kind ${member.kind}` },
    ...{ given, drawn, fees, net },
    position: book.before(id).position,
    settled: book.after(id).cash,
    paid: book.paid.get(id) ?? ZERO,
    deposited: book.deposited.get(id) ?? ZERO,
    advances: {
      received: sum(
        book.advances.filter((one) => one.member === id),
        ({ amount }) => amount,
      ),
      owed: book.after(id).advances,
      given: sum(
        book.advances.filter((one) => one.sponsor === id),
        ({ amount }) => amount,
      ),
    },
    debts: debtsOf(book, id, others),
    statements: { supplied: supplied.length, consumed: consumed.length },
    services: about.services.map((service) => ({
      code: service.code,
      given: count(supplied, service.id),
      drawn: count(consumed, service.id),
    })),
  };
}

/** COMMONS earns the fees. */
function commonsRow(book: BookMonth, others: readonly Member[]): MonthMember {
  const fees = sum(book.statements, ({ fee }) => fee);
  return {
    ...{ id: COMMONS, isil: "", name: "The commons", tier: 0, region: "", kind: "commons" },
    ...{ given: fees, drawn: ZERO, fees: ZERO, net: fees },
    position: book.before(COMMONS).position,
    settled: book.after(COMMONS).cash,
    paid: book.paid.get(COMMONS) ?? ZERO,
    deposited: book.deposited.get(COMMONS) ?? ZERO,
    advances: { received: ZERO, owed: ZERO, given: ZERO },
    debts: debtsOf(book, COMMONS, others),
    statements: { supplied: 0, consumed: 0 },
    services: [],
  };
}

function debtsOf(book: BookMonth, id: MemberId, others: readonly Member[]) {
  const all = [COMMONS, ...others.map((other) => other.id)];
  return {
    owed: sum(all, (other) => book.debtOf(id, other)),
    due: sum(all, (other) => book.debtOf(other, id)),
  };
}

async function servicesOf(
  consortium: Consortium,
  about: NamedDeployment,
  book: BookMonth,
  bundles: ReadonlyMap<string, Bundle>,
): Promise<MonthService[]> {
  return Promise.all(
    about.services.map(async ({ id, code }) => {
      const found = await Promise.all(TIERS.map((tier) => readPrice(consortium, book.month, id, tier)));
      const prices = found.filter((price) => price !== undefined);
      const records = [...bundles.values()].flatMap((bundle) =>
        bundle.records.filter(({ service }) => service === id),
      );
      const billed = book.statements.filter(({ statement }) => bundles.has(statement.root));
      const lines = billed.flatMap(({ statement }) => statement.lines);
      return {
        ...{ id, code, prices: prices.map(({ tier, price }) => ({ tier, price })) },
        fee: prices[0]?.fee ?? ZERO,
        records: records.length,
        quantity: lines.reduce((all, line) => all + (line.service === id ? line.quantity : 0), 0),
        gross: sum(records, ({ amount }) => parseCredits(amount)),
      };
    }),
  );
}

function statementRow(
  { statement, gross, fee, tx, acknowledged, claimed }: MonthCharge,
  bundles: ReadonlyMap<string, Bundle>,
): MonthStatement {
  const { supplier, consumer, number, period, root } = statement;
  const records = bundles.get(root)?.records.length ?? 0;
  const status = claimed ? "claimed" : acknowledged > 0n ? "acknowledged" : "posted";
  return { supplier, consumer, number, period, gross, fee, records, status, root, tx };
}

async function gasOf({ provider }: Consortium, book: BookMonth): Promise<MonthGas> {
  const used = async (tx: string) => Number((await read(provider.getTransactionReceipt(tx)))?.gasUsed ?? 0n);
  const posts = await Promise.all(book.postTxs.map(used));
  const postTotal = posts.reduce((all, gas) => all + gas, 0);
  const close = await used(book.closeTx);
  const count = book.statements.filter(({ claimed }) => !claimed).length;
  return {
    close,
    postTotal,
    postPerStatement: count === 0 ? 0 : Math.round(postTotal / count),
    verbs: [
      { verb: "post", calls: posts.length, gas: postTotal },
      { verb: "close", calls: 1, gas: close },
    ],
  };
}

function sumOf({ records }: Bundle): Credits {
  return sum(records, ({ amount }) => parseCredits(amount));
}

function sum<T>(items: readonly T[], amount: (item: T) => Credits): Credits {
  return credits(items.reduce((all, item) => all + amount(item), 0n));
}
