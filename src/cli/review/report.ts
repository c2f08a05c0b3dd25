import { sumLegs } from "../../core/legs.ts";
import { parseCredits, ZERO, type Credits } from "../../core/money.ts";
import type { Bundle } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { listMembers, readTier } from "../../sdk/members.ts";
import { readPrice, readVersion, readVersionIn } from "../../sdk/schedules.ts";
import { read } from "../../sdk/verb.ts";
import { conditionText } from "../report/conditions.ts";
import type { MonthGas, MonthReport, MonthService, MonthStatement } from "../report/month.ts";
import { checkBook } from "../audit/check.ts";
import type { NamedDeployment } from "../shell/deployment.ts";
import { memberRow, reservedRows, sum } from "./members.ts";
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
    ...reservedRows(book, institutions),
    ...(await Promise.all(
      institutions.map(async (member) => ({
        ...memberRow(book, bundles, about.services, member, institutions),
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
      relief: sum(book.statements, ({ legs }) => sumLegs(legs, "aid")),
      royalties: sum(book.statements, ({ legs }) => sumLegs(legs, "royalty")),
      compensation: sum([...book.compensated.values()], (amount) => amount),
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

async function servicesOf(
  consortium: Consortium,
  about: NamedDeployment,
  book: BookMonth,
  bundles: ReadonlyMap<string, Bundle>,
): Promise<MonthService[]> {
  const version = await readVersionIn(consortium, book.month);
  const conditions = version === undefined ? [] : (await readVersion(consortium, version)).conditions;
  return Promise.all(
    about.services.map(async ({ id, code }) => {
      const found = await Promise.all(TIERS.map((tier) => readPrice(consortium, book.month, id, tier)));
      const prices = found.filter((price) => price !== undefined);
      const own = conditions.filter(({ service }) => service === id);
      const records = [...bundles.values()].flatMap((bundle) =>
        bundle.records.filter(({ service }) => service === id),
      );
      const billed = book.statements.filter(({ statement }) => bundles.has(statement.root));
      const lines = billed.flatMap(({ statement }) => statement.lines);
      return {
        ...{ id, code, prices: prices.map(({ tier, price }) => ({ tier, price })) },
        ...(own.length === 0 ? {} : { conditions: own.map(conditionText) }),
        fee: (prices[0] ?? own[0])?.fee ?? ZERO,
        records: records.length,
        quantity: lines.reduce((all, line) => all + (line.service === id ? line.quantity : 0), 0),
        gross: sum(records, ({ amount }) => parseCredits(amount)),
      };
    }),
  );
}

function statementRow(
  { statement, gross, fee, tx, acknowledged, legs, claimed }: MonthCharge,
  bundles: ReadonlyMap<string, Bundle>,
): MonthStatement {
  const { supplier, consumer, number, period, root } = statement;
  const records = bundles.get(root)?.records.length ?? 0;
  const status = claimed ? "claimed" : acknowledged > 0n ? "acknowledged" : "posted";
  const [royalties, relieved] = [sumLegs(legs, "royalty"), sumLegs(legs, "aid")];
  const amounts = { gross, fee, royalties, relieved };
  return { supplier, consumer, number, period, ...amounts, records, status, root, tx };
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
