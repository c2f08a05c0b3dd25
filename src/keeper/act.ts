import type { Hash, MemberId } from "../core/ids.ts";
import { formatCredits, type Credits } from "../core/money.ts";
import { formatPeriod, type PeriodId } from "../core/period.ts";

/** Something that anybody may do now and that nobody has done yet. */
export type Act =
  | { readonly kind: "close"; readonly period: PeriodId }
  | { readonly kind: "withdraw"; readonly member: MemberId; readonly amount: Credits }
  | {
      readonly kind: "pay-debt";
      readonly debtor: MemberId;
      readonly creditor: MemberId;
      readonly amount: Credits;
    }
  | {
      readonly kind: "settle-claim";
      readonly claim: Hash;
      readonly supplier: MemberId;
      readonly consumer: MemberId;
      /** What will be charged, fee included: nothing where it lapsed or nothing was awarded. */
      readonly amount: Credits;
    }
  | { readonly kind: "apply-payee"; readonly member: MemberId; readonly payee: string }
  | { readonly kind: "rekey"; readonly member: MemberId; readonly key: string };

/** An act that this keeper carried out. */
export type DoneAct = Act & { readonly hash: string; readonly gas: number };

/** What an act does, in plain words. */
export function describeAct(act: Act): string {
  switch (act.kind) {
    case "close":
      return `close ${formatPeriod(act.period)}`;
    case "withdraw":
      return `pay out ${formatCredits(act.amount)} to member ${act.member}`;
    case "pay-debt":
      return `pay ${formatCredits(act.amount)} of what member ${act.debtor} owes member ${act.creditor}`;
    case "settle-claim":
      return `settle the claim ${act.claim} of member ${act.supplier} against member ${act.consumer} for ${formatCredits(act.amount)}`;
    case "apply-payee":
      return `change the payee of member ${act.member} to ${act.payee}`;
    case "rekey":
      return `give member ${act.member} the key ${act.key}`;
  }
}

/** Equal for the same act and different for every other. */
export function actId(act: Act): string {
  switch (act.kind) {
    case "close":
      return `close/${act.period}`;
    case "pay-debt":
      return `pay-debt/${act.debtor}/${act.creditor}`;
    case "settle-claim":
      return `settle-claim/${act.claim}`;
    case "withdraw":
    case "apply-payee":
    case "rekey":
      return `${act.kind}/${act.member}`;
  }
}
