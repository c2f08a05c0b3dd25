import { ConsortiaError } from "../../core/error.ts";
import { FIRST_MEMBER, isil, type Isil, type MemberId } from "../../core/ids.ts";
import { ZERO } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { BillFacts } from "../../documents/bill/facts.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { listInvoices } from "../../sdk/invoices.ts";
import { readMemberships } from "../../sdk/memberLog.ts";
import { read } from "../../sdk/verb.ts";
import { readBookMonth } from "../review/month.ts";
import type { NamedDeployment } from "../shell/deployment.ts";

/**
 * What a closed month holds for one member, from the chain's log alone.
 * @throws `MonthNotClosed`, whose figures may change; `MonthBeforeLedger`, `MemberUnknown`, `PartyReserved`
 */
export async function readBillFacts(
  consortium: Consortium,
  { services }: Pick<NamedDeployment, "services">,
  member: MemberId,
  period: PeriodId,
): Promise<BillFacts> {
  if (member < FIRST_MEMBER) {
    throw new ConsortiaError(
      "PartyReserved",
      `Account ${member} is the consortium's own and gets no papers. Name a member.`,
      { values: { member } },
    );
  }
  const book = await readBookMonth(consortium, period);
  const memberships = await readMemberships(consortium, book.toBlock);
  const isils = new Map<MemberId, Isil>(memberships.map((one) => [one.member, isil(one.isil)]));
  const own = isils.get(member);
  if (own === undefined) {
    throw new ConsortiaError("MemberUnknown", `There is no member ${member}.`, { values: { member } });
  }
  const demands = (await listInvoices(consortium, member)).filter(
    (one) => one.member === member && one.period === period,
  );
  const { chainId, ledger } = consortium.deployment;
  return {
    ...{ member, isil: own, period, isils },
    closedAt: await timeOf(consortium, book.closeTx),
    statements: book.statements,
    refunds: book.refunds,
    compensation: book.compensated.get(member) ?? ZERO,
    demands: demands.map(({ invoice, amount }) => ({ invoice, amount })),
    services: new Map(services.map(({ id, code }) => [id, code])),
    proof: { chainId: Number(chainId), ledger, closeTx: book.closeTx },
  };
}

/** The second of a transaction's block. @throws `HistoryIncomplete` where the node does not know it */
async function timeOf({ provider }: Consortium, tx: string): Promise<number> {
  const receipt = await read(provider.getTransactionReceipt(tx));
  const block = receipt === null ? null : await read(provider.getBlock(receipt.blockNumber));
  if (block !== null) return block.timestamp;
  throw new ConsortiaError(
    "HistoryIncomplete",
    `The node logs transaction ${tx} and does not know it. Ask another node.`,
    { retryable: true, values: { tx } },
  );
}
