import { getBig } from "../../core/abi.ts";
import type { Hash, MemberId, StatementNumber } from "../../core/ids.ts";
import { decodeLeg } from "../../core/legs.ts";
import { credits, type Credits } from "../../core/money.ts";
import { decodeBatch, type Statement } from "../../core/statement.ts";
import type { Charged, ChargedLine, Fact, StatementRef } from "../../documents/journal/movement.ts";

/** An event of one transaction, read, with the contract that logged it. */
export interface Told {
  readonly from: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What rules may ask besides the event at hand. */
export interface Surroundings {
  /** The events of the same transaction, and the place of this one among them. */
  readonly events: readonly Told[];
  readonly at: number;
  /** A statement that was claimed or posted, by its digest. */
  statement(digest: Hash): Statement | undefined;
  isGrant(relief: number): boolean;
  /** Which contract of the consortium an address is. */
  contractAt(address: string): string | undefined;
  /** What a statement's lines were charged, where that comes to the gross and the fee. */
  priced(statement: Statement, gross: Credits, fee: Credits): readonly ChargedLine[] | undefined;
  /** Notes a promise to pay, or that less of one is left; what is left of it. */
  promise(member: MemberId, change: bigint): Credits;
}

type Rule = (event: Told, around: Surroundings) => readonly Fact[];

/** What events of each contract that move money are. Events without a rule move none; a test says which those are. */
export const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  ledger: {
    StatementsPosted: ({ args }, around) => {
      const supplier = args.supplier as MemberId;
      const [charges, posted] = [args.charges as Uint8Array, args.posted as bigint];
      return decodeBatch(supplier, args.statements as Uint8Array).flatMap(({ statement }, i) => {
        if (((posted >> BigInt(i)) & 1n) === 0n) return [];
        const [gross, fee] = [getBig(charges, 16 * i, 8), getBig(charges, 16 * i + 8, 8)];
        return [charged(statement, credits(gross), credits(fee), false, around)];
      });
    },
    ClaimCharged: (event, around) => {
      const ended = matching(event, around, ["claims", "ClaimEnded"], { fits: isCharged });
      const statement = ended && around.statement(ended.claim as Hash);
      const [gross, fee] = [amountOf(event, "gross"), amountOf(event, "fee")];
      return statement === undefined ? [] : [charged(statement, gross, fee, true, around)];
    },
    GivenBack: ({ args }, around) => {
      const of = reversedBefore(around);
      const pair = { supplier: args.supplier as MemberId, consumer: args.consumer as MemberId };
      return [{ kind: "givenBack", ...pair, amount: credits(args.amount as bigint), of }];
    },
    Deposited: (event, around) => {
      const one = { kind: "deposited", member: memberOf(event), amount: amountOf(event) } as const;
      const fromDesk = (desk: string) => ({
        counts: ({ args }: Told) => around.contractAt(args.from as string) === desk,
      });
      const paid = matching(event, around, ["advances", "InvoicePaid"], fromDesk("advances"));
      const given = matching(event, around, ["pricing", "GrantFunded"], fromDesk("pricing"));
      if (paid !== undefined) return [{ ...one, invoice: paid.invoice as number }];
      return [given === undefined ? one : { ...one, grant: given.relief as number }];
    },
    Withdrawn: (event) => [{ kind: "withdrawn", member: memberOf(event), amount: amountOf(event) }],
    DebtAcknowledged: (event) => [{ kind: "debtAcknowledged", ...debtOf(event) }],
    DebtPaid: (event) => [{ kind: "debtPaid", ...debtOf(event) }],
    DebtCancelled: (event) => [{ kind: "debtCancelled", ...debtOf(event) }],
    AdvanceGiven: (event) => [{ kind: "advanced", ...advanceOf(event) }],
    AdvanceReturned: (event) => [{ kind: "advanceReturned", ...advanceOf(event) }],
    BondLocked: (event) => {
      const number = event.args.number as StatementNumber;
      return [{ kind: "bondLocked", member: memberOf(event, "supplier"), number, amount: amountOf(event) }];
    },
    BondReleased: (event, around) => {
      const ended = matching(event, around, ["claims", "ClaimEnded"]);
      const member = memberOf(event);
      const supplier = (ended && around.statement(ended.claim as Hash)?.supplier) ?? member;
      return [{ kind: "bondReleased", member, supplier, amount: amountOf(event) }];
    },
    PotFilled: (event, { events, at, contractAt }) => {
      // What is given to a grant the pricing desk pays in just before.
      const before = events.slice(0, at).findLast(({ from }) => from === "ledger");
      const brought = before?.name === "Deposited" && contractAt(before.args.from as string) === "pricing";
      return [{ kind: "setAside", purpose: brought ? "grants" : "compensation", amount: amountOf(event) }];
    },
    PotEmptied: (event) => [{ kind: "compensated", member: memberOf(event), amount: amountOf(event) }],
    PotReturned: (event) => [
      { kind: "grantReturned", giver: event.args.to as string, amount: amountOf(event) },
    ],
  },
  pricing: {
    LegsSettled: ({ args }, { isGrant }) => {
      const ref: StatementRef = {
        supplier: args.supplier as MemberId,
        consumer: args.consumer as MemberId,
        number: args.number as StatementNumber,
      };
      const granted = credits(args.granted as bigint);
      const legs = (args.legs as readonly bigint[]).map(decodeLeg).map((leg): Fact => {
        const { amount } = leg;
        if (leg.kind === "royalty") return { kind: "royalty", ...ref, holder: leg.holder, amount };
        return { kind: "relieved", ...ref, relief: leg.relief, grant: isGrant(leg.relief), amount };
      });
      return granted === 0n ? legs : [{ kind: "granted", ...ref, amount: granted }, ...legs];
    },
  },
  credit: {
    CreditCommitted: (event, { promise }) => {
      const [member, amount] = [memberOf(event), amountOf(event)];
      promise(member, amount);
      return [{ kind: "promised", member, amount }];
    },
    CommitmentReleased: (event, { promise }) => {
      const [member, amount] = [memberOf(event), amountOf(event)];
      promise(member, -amount);
      return [{ kind: "letOff", member, amount }];
    },
    PaymentConfirmed: (event, { promise }) => {
      const [member, amount] = [memberOf(event), amountOf(event)];
      const left = promise(member, 0n);
      const promised = amount < left ? amount : left;
      promise(member, -promised);
      return [{ kind: "paidIn", member, amount, promised, payment: event.args.payment as Hash }];
    },
    Transfer: ({ args }) => {
      const amount = credits(args.value as bigint);
      if (args.from === NOBODY) return [{ kind: "issued", to: args.to as string, amount }];
      return args.to === NOBODY ? [{ kind: "burnt", amount }] : [];
    },
    RedemptionConfirmed: (event) => [
      { kind: "paidOut", redemption: event.args.redemption as number, amount: amountOf(event) },
    ],
  },
};

const NOBODY = `0x${"0".repeat(40)}`;

function charged(
  statement: Statement,
  gross: Credits,
  fee: Credits,
  claim: boolean,
  { priced }: Surroundings,
): Charged {
  const { supplier, consumer, number, period: service } = statement;
  const lines = priced(statement, gross, fee);
  return { kind: "charged", supplier, consumer, number, service, claim, gross, fee, lines };
}

/** The event of a desk that explains one of the ledger's: as many of its kind are passed over as went before this one. */
function matching(
  own: Told,
  { events, at }: Surroundings,
  [from, name]: readonly [from: string, name: string],
  which: { readonly fits?: (event: Told) => boolean; readonly counts?: (event: Told) => boolean } = {},
): Told["args"] | undefined {
  const { fits = always, counts = always } = which;
  if (!counts(own)) return undefined;
  const turn = events.slice(0, at).filter((one) => one.name === own.name && counts(one)).length;
  return events.filter((one) => one.from === from && one.name === name && fits(one))[turn]?.args;
}

const always = (): boolean => true;
const isCharged = ({ args }: Told): boolean => args.gross !== 0n || args.fee !== 0n;

const REVERSALS = new Set(["RecordsRefunded", "StatementRefunded", "DuplicateReversed"]);

/** What the reversals desk last said is given back: it tells so before the ledger does it. */
function reversedBefore({ events, at, statement }: Surroundings): StatementRef | undefined {
  const event = events.slice(0, at).findLast(({ from, name }) => from === "reversals" && REVERSALS.has(name));
  const found = event && statement(event.args.statement as Hash);
  return found && { supplier: found.supplier, consumer: found.consumer, number: found.number };
}

const memberOf = ({ args }: Told, name = "member"): MemberId => args[name] as MemberId;
const amountOf = ({ args }: Told, name = "amount"): Credits => credits(args[name] as bigint);

function debtOf(event: Told) {
  const pair = { debtor: memberOf(event, "debtor"), creditor: memberOf(event, "creditor") };
  return { ...pair, amount: amountOf(event) };
}

function advanceOf(event: Told) {
  const pair = { sponsor: memberOf(event, "sponsor"), member: memberOf(event) };
  return { ...pair, amount: amountOf(event) };
}
