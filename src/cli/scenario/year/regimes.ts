import { parseCredits } from "../../../core/money.ts";
import { calisByHand } from "./byHand/calis.ts";
import { nstlByHand } from "./byHand/nstl.ts";
import { oclcByHand } from "./byHand/oclc.ts";
import type { YearFigures } from "./figures.ts";
import type { YearPlan } from "./plan.ts";
import { calisPlan } from "./plans/calis.ts";
import { nstlPlan } from "./plans/nstl.ts";
import { oclcPlan } from "./plans/oclc.ts";
import { isilsOf } from "./traffic.ts";
import { monthlyTreasury } from "./treasuries/monthly.ts";
import { prepaidTreasury } from "./treasuries/prepaid.ts";
import { yearlyTreasury } from "./treasuries/yearly.ts";
import type { Treasury } from "./treasury.ts";

/** A way in which a consortium deals with money, and a year of it. */
export interface YearRegime {
  readonly plan: (seed: number) => YearPlan;
  readonly treasury: (plan: YearPlan) => Treasury;
  /** What an office clerk would calculate from the plan, with pen and paper. */
  readonly byHand: (plan: YearPlan) => YearFigures;
}

/** Regimes by the name of their preset. */
export const REGIMES: Readonly<Record<"oclc" | "calis" | "nstl", YearRegime>> = {
  oclc: {
    plan: oclcPlan,
    treasury({ members }) {
      const kind = (name: string) => isilsOf(members, (one) => one.kind === name);
      return monthlyTreasury(kind("library"), kind("publisher"), parseCredits("800.00"));
    },
    byHand: oclcByHand,
  },
  calis: {
    plan: calisPlan,
    treasury({ members }) {
      const universities = isilsOf(members, ({ kind }) => kind === "university");
      return yearlyTreasury("XC-GLZ", universities, parseCredits("1200.00"));
    },
    byHand: calisByHand,
  },
  nstl: { plan: nstlPlan, treasury: prepaidTreasury, byHand: nstlByHand },
};
