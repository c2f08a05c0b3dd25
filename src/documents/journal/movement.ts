import type { Hash, MemberId, StatementNumber } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Line } from "../../core/statement.ts";

/** Where on the chain something is told, and the month of the book that it belongs to. */
export interface Place {
  readonly block: number;
  readonly log: number;
  readonly tx: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly month: PeriodId;
}

/** A statement by what its parties call it. */
export interface StatementRef {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
}

/** A line of a statement with what it was charged. */
export interface ChargedLine extends Line {
  readonly gross: Credits;
  readonly fee: Credits;
}

/** A statement that was charged, posted or by a claim. */
export interface Charged extends StatementRef {
  readonly kind: "charged";
  /** The month of service. */
  readonly service: PeriodId;
  readonly claim: boolean;
  readonly gross: Credits;
  readonly fee: Credits;
  /** By line; undefined where the lines do not come to the charge, as after an award of a part. */
  readonly lines: readonly ChargedLine[] | undefined;
}

/** What others pay of a statement. */
export interface Relieved extends StatementRef {
  readonly kind: "relieved";
  readonly relief: number;
  /** Whether it is a grant, whose money is set aside. */
  readonly grant: boolean;
  readonly amount: Credits;
}

/** What a rights holder gets of a statement. */
export interface Royalty extends StatementRef {
  readonly kind: "royalty";
  readonly holder: MemberId;
  readonly amount: Credits;
}

/** What a supplier gives back to a consumer, or to RELIEF, which had paid a part. */
export interface GivenBack {
  readonly kind: "givenBack";
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly amount: Credits;
  /** What it is given back of. */
  readonly of: StatementRef | undefined;
}

type OfMember<Kind extends string, More = unknown> = {
  readonly kind: Kind;
  readonly member: MemberId;
  readonly amount: Credits;
} & More;

type OfDebt<Kind extends string> = {
  readonly kind: Kind;
  readonly debtor: MemberId;
  readonly creditor: MemberId;
  readonly amount: Credits;
};

type OfAdvance<Kind extends string> = {
  readonly kind: Kind;
  readonly sponsor: MemberId;
  readonly member: MemberId;
  readonly amount: Credits;
};

/** One thing that moved money, as the logs tell it. */
export type Fact =
  | Charged
  | Relieved
  | Royalty
  | GivenBack
  /** The part of a statement's relief that grants bear goes from what is set aside to RELIEF. */
  | (StatementRef & { readonly kind: "granted"; readonly amount: Credits })
  | OfMember<"deposited", { readonly invoice?: number; readonly grant?: number }>
  | OfMember<"withdrawn">
  | OfDebt<"debtAcknowledged">
  | OfDebt<"debtPaid">
  | OfDebt<"debtCancelled">
  | OfAdvance<"advanced">
  | OfAdvance<"advanceReturned">
  | OfMember<"bondLocked", { readonly number: StatementNumber }>
  /** `supplier` put it up: where it is not the member, the bond is forfeited. */
  | OfMember<"bondReleased", { readonly supplier: MemberId }>
  | { readonly kind: "setAside"; readonly purpose: "grants" | "compensation"; readonly amount: Credits }
  /** Paid to a net lender; to RELIEF, what of its cap was not due. */
  | OfMember<"compensated">
  | { readonly kind: "grantReturned"; readonly giver: string; readonly amount: Credits }
  /** The consortium's own settlement asset: promised by a member, let off, paid in at the bank. */
  | OfMember<"promised">
  | OfMember<"letOff">
  /** `promised`: the part of the payment that was promised before. */
  | OfMember<"paidIn", { readonly promised: Credits; readonly payment: Hash }>
  | { readonly kind: "issued"; readonly to: string; readonly amount: Credits }
  | { readonly kind: "burnt"; readonly amount: Credits }
  | { readonly kind: "paidOut"; readonly redemption: number; readonly amount: Credits };

export type Movement = Place & Fact;
export type FactKind = Fact["kind"];
