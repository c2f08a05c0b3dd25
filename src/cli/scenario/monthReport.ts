import { COMMONS, RELIEF } from "../../core/ids.ts";
import { ZERO, credits, parseCredits } from "../../core/money.ts";
import type { Credits } from "../../core/money.ts";
import { conditionsFrom } from "../network/services.ts";
import { conditionText } from "../report/conditions.ts";
import type {
  MonthException,
  MonthMember,
  MonthReport,
  MonthService,
  MonthStatement,
  MonthTotals,
} from "../report/month.ts";
import type { SettledMonth } from "./month.ts";
import { debtsOf } from "./posting.ts";
import type { Posted } from "./posting.ts";
import type { Actor } from "./stage.ts";

/** Puts a settled month into the shape that the report's pages, tables and files are made of. */
export async function monthReport(settled: SettledMonth): Promise<MonthReport> {
  const { stage, preset, month, fold, refused } = settled;
  const { deployment } = stage.admin;
  const members = [
    ...(await reservedRows(settled)),
    ...(await Promise.all(stage.actors.map((actor) => memberRow(settled, actor)))),
  ];
  return {
    consortium: preset.name,
    currency: preset.currency,
    period: month,
    network: {
      chainId: Number(deployment.chainId),
      ledger: deployment.ledger,
      fromBlock: deployment.fromBlock,
      toBlock: settled.toBlock,
    },
    members,
    services: serviceRows(settled),
    statements: settled.posted.map(statementRow),
    exceptions: exceptionRows(settled),
    messages: fold.messages + refused.length,
    totals: totalsOf(settled, members),
    gas: gasOf(settled),
    invariants: settled.broken.length === 0 ? "held" : settled.broken,
  };
}

async function memberRow(settled: SettledMonth, actor: Actor): Promise<MonthMember> {
  const { stage, posted, before, after, deposits, paid } = settled;
  const supplied = posted.filter(({ billed }) => billed.statement.supplier === actor.id);
  const consumed = posted.filter(({ billed }) => billed.statement.consumer === actor.id);
  const [given, drawn] = [
    sum(supplied, ({ billed }) => billed.gross),
    sum(consumed, ({ billed }) => billed.gross),
  ];
  const fees = sum(consumed, ({ billed }) => billed.fee);
  const relief = sum(consumed, ({ relieved }) => relieved);
  const sponsored = stage.actors.filter(({ advance }) => advance?.sponsor === actor.isil);
  return {
    id: actor.id,
    isil: actor.isil,
    name: actor.name,
    tier: actor.tier,
    region: actor.region,
    kind: actor.kind,
    given,
    drawn,
    fees,
    ...{ relief, royalties: ZERO, compensation: ZERO },
    net: credits(given - drawn - fees + relief),
    position: before.get(actor.id)?.position ?? ZERO,
    settled: after.get(actor.id)?.cash ?? ZERO,
    paid: paid.get(actor.id) ?? ZERO,
    deposited: deposits.get(actor.id) ?? ZERO,
    advances: {
      received: actor.advance?.amount ?? ZERO,
      owed: after.get(actor.id)?.advances ?? ZERO,
      given: sum(sponsored, ({ advance }) => advance?.amount ?? ZERO),
    },
    debts: await debtsOf(stage, actor.id),
    statements: { supplied: supplied.length, consumed: consumed.length },
    services: settled.preset.services.map(({ id, code }) => ({
      code,
      given: recordsOf(supplied, id),
      drawn: recordsOf(consumed, id),
    })),
  };
}

/** COMMONS earns the fees; RELIEF pays what members were relieved of, where they were. */
async function reservedRows(settled: SettledMonth): Promise<MonthMember[]> {
  const fees = sum(settled.posted, ({ billed }) => billed.fee);
  const relieved = credits(-sum(settled.posted, (one) => one.relieved));
  const commons = { id: COMMONS, name: "The commons", kind: "commons", given: fees, relief: ZERO, net: fees };
  const relief = { id: RELIEF, name: "Relief", kind: "relief", given: ZERO, relief: relieved, net: relieved };
  return Promise.all(
    (relieved === 0n ? [commons] : [commons, relief]).map((row) => reservedRow(settled, row)),
  );
}

async function reservedRow(
  { stage, before, after }: SettledMonth,
  row: Pick<MonthMember, "id" | "name" | "kind" | "given" | "relief" | "net">,
): Promise<MonthMember> {
  return {
    ...row,
    ...{ isil: "", tier: 0, region: "" },
    ...{ drawn: ZERO, fees: ZERO, royalties: ZERO, compensation: ZERO },
    position: before.get(row.id)?.position ?? ZERO,
    settled: after.get(row.id)?.cash ?? ZERO,
    paid: ZERO,
    deposited: ZERO,
    advances: { received: ZERO, owed: ZERO, given: ZERO },
    debts: await debtsOf(stage, row.id),
    statements: { supplied: 0, consumed: 0 },
    services: [],
  };
}

function serviceRows({ preset, posted, month }: SettledMonth): MonthService[] {
  const conditions = conditionsFrom(preset, month);
  return preset.services.map(({ id, code }) => {
    const prices = preset.prices.filter(({ service }) => service === id);
    const own = conditions.filter(({ service }) => service === id);
    const records = posted.flatMap(({ billed }) => billed.records.filter(({ service }) => service === id));
    return {
      id,
      code,
      prices: prices.map(({ tier, price }) => ({ tier, price })),
      ...(own.length === 0 ? {} : { conditions: own.map(conditionText) }),
      fee: (prices[0] ?? own[0])?.fee ?? ZERO,
      records: records.length,
      quantity: records.reduce((all, { quantity }) => all + quantity, 0),
      gross: sum(records, ({ amount }) => parseCredits(amount)),
    };
  });
}

/** What is billed of messages uses no works, so that it bears no royalties. */
function statementRow({ billed, status, relieved, tx }: Posted): MonthStatement {
  const { supplier, consumer, number, period, root } = billed.statement;
  const { gross, fee, records } = billed;
  const amounts = { gross, fee, royalties: ZERO, relieved };
  return { supplier, consumer, number, period, ...amounts, records: records.length, status, root, tx };
}

/** What was not billed: files refused, exchanges without a record, records that could not be billed. */
function exceptionRows({ fold, billing, refused }: SettledMonth): MonthException[] {
  return [
    ...refused.map(({ file, code, reason }) => ({
      request: file,
      requesting: "",
      supplying: "",
      reason: code,
      explanation: reason,
    })),
    ...fold.exceptions.map(({ request, consumer, supplier, reason, sentence }) => ({
      request,
      requesting: consumer ?? "",
      supplying: supplier ?? "",
      reason,
      explanation: sentence,
    })),
    ...billing.exceptions.map(({ draft, reason, sentence }) => ({
      request: draft.request,
      requesting: draft.consumer,
      supplying: draft.supplier,
      reason,
      explanation: sentence,
    })),
  ];
}

function totalsOf(
  { stage, posted, paid, deposits }: SettledMonth,
  members: readonly MonthMember[],
): MonthTotals {
  return {
    gross: sum(posted, ({ billed }) => billed.gross),
    fees: sum(posted, ({ billed }) => billed.fee),
    relief: sum(posted, ({ relieved }) => relieved),
    ...{ royalties: ZERO, compensation: ZERO },
    net: sum(members, ({ net }) => (net > 0n ? net : ZERO)),
    paid: sum([...paid.values()], (amount) => amount),
    acknowledged: sum(posted, ({ acknowledged }) => acknowledged),
    advances: sum(stage.actors, ({ advance }) => advance?.amount ?? ZERO),
    deposits: sum([...deposits.values()], (amount) => amount),
    refunds: ZERO,
  };
}

function gasOf({ stage, posted, closeGas }: SettledMonth): MonthReport["gas"] {
  const verbs = stage.meter.list();
  const postTotal = verbs
    .filter(({ verb }) => verb.startsWith("post"))
    .reduce((all, { gas }) => all + gas, 0);
  return {
    close: closeGas,
    postTotal,
    postPerStatement: posted.length === 0 ? 0 : Math.round(postTotal / posted.length),
    verbs,
  };
}

function recordsOf(posted: readonly Posted[], service: number): number {
  return posted.reduce(
    (all, { billed }) => all + billed.records.filter((record) => record.service === service).length,
    0,
  );
}

function sum<T>(items: readonly T[], amount: (item: T) => Credits): Credits {
  return credits(items.reduce((all, item) => all + amount(item), 0n));
}
