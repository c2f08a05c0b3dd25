import { COMMONS, type MemberId } from "../../../core/ids.ts";
import { credits, parseCredits, ZERO, type Credits } from "../../../core/money.ts";
import type { BilledRecord } from "../../../core/billing.ts";
import type { SettledCommons } from "./run.ts";

/** What the month came to for one account: amounts as statements charged them. */
export interface MemberFigures {
  readonly id: MemberId;
  /** Empty for COMMONS. */
  readonly isil: string;
  readonly name: string;
  readonly kind: string;
  readonly given: Credits;
  readonly drawn: Credits;
  readonly fees: Credits;
  readonly net: Credits;
  /** What the common good owed it for its contributions, and what of that is left. */
  readonly owed: Credits;
  readonly left: Credits;
}

/** What of a service was billed. */
export interface ServiceFigures {
  readonly code: string;
  readonly records: number;
  readonly quantity: number;
  readonly gross: Credits;
}

/** A platform's month that nobody can bill yet. */
export interface NotReady {
  readonly platform: string;
  readonly library: string;
  readonly sentence: string;
}

/** Everything that the report tells, derived from what was posted. */
export interface CommonsFigures {
  readonly members: readonly MemberFigures[];
  readonly services: readonly ServiceFigures[];
  readonly catalogueContributions: number;
  readonly usageRecords: number;
  readonly catalogueUses: number;
  readonly notReady: readonly NotReady[];
  /** What made no record, by reason. */
  readonly omissions: Readonly<Record<string, number>>;
  readonly gross: Credits;
  readonly fees: Credits;
}

/** The services of the preset that the sample uses, by what they are of. */
const CONTRIBUTIONS = new Set(["record-original", "record-copy", "record-enhance"]);

export function figuresOf(month: SettledCommons): CommonsFigures {
  const { settled, given, preset } = month;
  const { omissions } = given;
  const records = settled.flatMap(({ built }) => built.records);
  const services = preset.services.map(({ id, code }) =>
    serviceFigures(
      code,
      records.filter((one) => one.service === id),
    ),
  );
  const recordsOf = (fits: (code: string) => boolean) =>
    services.filter(({ code }) => fits(code)).reduce((all, one) => all + one.records, 0);
  return {
    members: membersOf(month),
    services,
    catalogueContributions: recordsOf((code) => CONTRIBUTIONS.has(code)),
    usageRecords: recordsOf((code) => code === "e-use"),
    catalogueUses: recordsOf((code) => code === "catalogue-use"),
    notReady: omissions
      .filter(({ reason }) => reason === "not-ready")
      .map(({ supplier = "", consumer = "", sentence }) => ({
        platform: supplier,
        library: consumer,
        sentence,
      })),
    omissions: countBy(omissions.map(({ reason }) => reason)),
    gross: sum(settled.map(({ charge }) => charge.gross)),
    fees: sum(settled.map(({ charge }) => charge.fee)),
  };
}

function membersOf({ stage, settled, builders }: SettledCommons): MemberFigures[] {
  const commons = { id: COMMONS, isil: "", name: "The commons", kind: "commons" };
  const fees = sum(settled.map(({ charge }) => charge.fee));
  return [commons, ...stage.actors].map(({ id, isil, name, kind }) => {
    const supplied = settled.filter(({ built }) => built.statement.supplier === id);
    const consumed = settled.filter(({ built }) => built.statement.consumer === id);
    const given = sum(supplied.map(({ charge }) => charge.gross));
    const drawn = sum(consumed.map(({ charge }) => charge.gross));
    const paid = sum(consumed.map(({ charge }) => charge.fee));
    const { owed, left } = builders.get(id) ?? { owed: ZERO, left: ZERO };
    const earned = id === COMMONS ? fees : ZERO;
    const net = credits(given + earned - drawn - paid);
    return { id, isil, name, kind, given: credits(given + earned), drawn, fees: paid, net, owed, left };
  });
}

function serviceFigures(code: string, records: readonly BilledRecord[]): ServiceFigures {
  return {
    code,
    records: records.length,
    quantity: records.reduce((all, { quantity }) => all + quantity, 0),
    gross: sum(records.map(({ amount }) => parseCredits(amount))),
  };
}

/** How often each text comes, by text. */
export function countBy(texts: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sum(amounts: readonly Credits[]): Credits {
  return credits(amounts.reduce((all, one) => all + one, 0n));
}
