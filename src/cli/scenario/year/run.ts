import { ROLES } from "../../../core/roles.ts";
import { parsePeriod, periodEnd, periodStart, type PeriodId } from "../../../core/period.ts";
import type { RecordStore } from "../../../records/store.ts";
import { actAs } from "../../../sdk/consortium.ts";
import { listMembers } from "../../../sdk/members.ts";
import { sendClose } from "../../../sdk/periods.ts";
import type { Preset } from "../../network/preset.ts";
import { createKey, setStage, type Stage } from "../stage.ts";
import { Bills } from "./bills.ts";
import { differencesOf, type YearFigures } from "./figures.ts";
import { makePacts, registerWorks } from "./founding.ts";
import { countClosed, measureYear } from "./measure.ts";
import { Office } from "./office.ts";
import { firstMonths, MONTHS } from "./plan.ts";
import { postMonth } from "./posting.ts";
import type { YearRegime } from "./regimes.ts";
import { compensate, prepareMonth } from "./relief.ts";

export interface YearOptions {
  readonly preset: Preset;
  readonly store: RecordStore;
  readonly progress: (step: string) => void;
  /** How many months to run; all twelve by default. */
  readonly months?: number;
}

/** A year that was run, as the book has it and as the clerk calculates it. */
export interface SettledYear {
  readonly stage: Stage;
  readonly first: PeriodId;
  /** How many months of the year were closed, as the ledger's log has it. */
  readonly months: number;
  /** How many members the register has. */
  readonly members: number;
  readonly figures: YearFigures;
  /** Where the two differ, in words; none where they agree to the last millionth. */
  readonly differences: readonly string[];
}

/** What the year's plan begins with. */
const SEED = 2027;
const FIRST_MONTH: PeriodId = parsePeriod("2027-01");

/**
 * Runs a year of a regime on an embedded chain: founding, twelve months that are posted and closed, payment as the regime
 * has it; then calculates it by hand from the same plan. The caller closes the stage.
 */
export async function runYear(regime: YearRegime, options: YearOptions): Promise<SettledYear> {
  const { preset, store, progress, months = MONTHS } = options;
  const plan = firstMonths(regime.plan(SEED), months);
  progress(`Founding ${preset.name} with ${plan.members.length} members`);
  const stage = await setStage(plan.members, preset, FIRST_MONTH);
  try {
    const { admin, chain } = stage;
    const council = await createKey(chain);
    await (await admin.contracts.charter.grantRole(ROLES.council, council.address, 0)).wait();
    const office = new Office(stage, plan, store, FIRST_MONTH, actAs(admin, council));
    const treasury = regime.treasury(plan);
    await registerWorks(office);
    await makePacts(office);
    await treasury.open(office);
    await prepareMonth(office, 0);
    await chain.setTime(periodStart(FIRST_MONTH));
    await sendClose(admin, undefined);

    const bills = new Bills(office);
    for (let month = 0; month < months; month++) {
      progress(`Month ${month + 1}: ${plan.deals.filter((deal) => deal.month === month).length} statements`);
      await office.lastDayOf(month);
      await postMonth(office, bills, month);
      await treasury.lastDay?.(office);
      await prepareMonth(office, month + 1);
      await chain.setTime(periodEnd(office.month(month)));
      await stage.meter.note("close", sendClose(admin, undefined));
      await compensate(office, month);
      await treasury.closed?.(office, month);
    }
    await treasury.end?.(office);
    progress("Calculating the year by hand");
    const figures = await measureYear(office, treasury);
    return {
      stage,
      first: FIRST_MONTH,
      months: await countClosed(admin, FIRST_MONTH),
      members: (await listMembers(admin)).filter(({ standing }) => standing === "admitted").length,
      figures,
      differences: differencesOf(figures, regime.byHand(plan)),
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}
