import { foldExchanges } from "../../connectors/iso18626/fold/fold.ts";
import type { Fold } from "../../connectors/iso18626/fold/fold.ts";
import { buildStatements } from "../../core/billing.ts";
import type { BilledStatement, Billing } from "../../core/billing.ts";
import type { Agency, MemberId, StatementNumber } from "../../core/ids.ts";
import { statementNumber } from "../../core/ids.ts";
import { treeDomain } from "../../core/leaf.ts";
import { credits } from "../../core/money.ts";
import type { Credits } from "../../core/money.ts";
import { periodEnd, periodOf, periodStart } from "../../core/period.ts";
import type { PeriodId } from "../../core/period.ts";
import type { RecordDraft } from "../../core/record.ts";
import { Schedule } from "../../core/schedule.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { randomSalt, sealBundle } from "../../records/bundle.ts";
import { readAccount, sendAnnouncement } from "../../sdk/accounts.ts";
import type { AccountState } from "../../core/book.ts";
import { readPeriod } from "../../sdk/periods.ts";
import type { DoneAct } from "../../keeper/act.ts";
import { checkBook } from "../audit/check.ts";
import type { RefusedFile } from "../import/messages.ts";
import type { Preset } from "../network/preset.ts";
import { conditionsFrom } from "../network/services.ts";
import { completeCast, depositOf } from "./cast.ts";
import type { Player } from "./cast.ts";
import { postStatements } from "./posting.ts";
import type { Posted } from "./posting.ts";
import { fundActors, setStage } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** What a month is made of. */
export interface MonthInput {
  readonly players: readonly Player[];
  readonly fold: Fold;
  readonly refused: readonly RefusedFile[];
  readonly preset: Preset;
  readonly month: PeriodId;
  /** Where bundles of records are kept. */
  readonly store: string;
  readonly progress: (step: string) => void;
}

/** A month that was settled, with everything a report needs. */
export interface SettledMonth extends MonthInput {
  readonly stage: Stage;
  readonly billing: Billing;
  readonly posted: readonly Posted[];
  /** Accounts just before the close and at the end, by member. */
  readonly before: ReadonlyMap<MemberId, AccountState>;
  readonly after: ReadonlyMap<MemberId, AccountState>;
  readonly deposits: ReadonlyMap<MemberId, Credits>;
  readonly paid: ReadonlyMap<MemberId, Credits>;
  readonly closeGas: number;
  readonly broken: readonly string[];
  readonly toBlock: number;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Everyone a month needs: the given cast, and a player for every other agency that the messages name. */
export function castOf(players: readonly Player[], { drafts, exceptions }: Fold): Player[] {
  const named = [...drafts, ...exceptions].flatMap(({ supplier, consumer }) => [supplier, consumer]);
  return completeCast(players, new Set<Agency>(named.filter((name) => name !== undefined)));
}

/** The month in which most records were completed; undefined where there is none the ledger can name. */
export function busiestMonth(drafts: readonly RecordDraft[]): PeriodId | undefined {
  const counts = new Map<PeriodId, number>();
  for (const { completedAt } of drafts) {
    try {
      const month = periodOf(completedAt);
      counts.set(month, (counts.get(month) ?? 0) + 1);
    } catch {
      // Before 2020: billing lists it.
    }
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0];
}

/**
 * Runs a month on an embedded chain: members join and deposit, records become countersigned statements, statements
 * are posted, a keeper closes the month, and pays out what is free. The caller closes the stage.
 */
export async function settleMonth(input: MonthInput): Promise<SettledMonth> {
  const { preset, month, progress } = input;
  progress("Deploying the consortium and admitting members");
  const stage = await setStage(input.players, preset, month);
  try {
    const { chain, admin, actors } = stage;
    const billing = bill(input, stage);
    const deposits = new Map(
      actors.map((actor) => [actor.id, depositOf(actor, drawnBy(actor.id, billing.statements))]),
    );
    progress("Depositing and advancing");
    await fundActors(stage, deposits);

    await chain.setTime(periodStart(month));
    await keep(stage);
    progress(`Countersigning and posting ${billing.statements.length} statements`);
    // The books of the last day: one hour before the month ends.
    await chain.setTime(periodEnd(month) - HOUR);
    await keepBundles(input, stage, billing.statements);
    const posted = await postStatements(stage, billing.statements);
    const before = await accountsOf(stage);

    progress("Closing the month");
    await chain.setTime(periodEnd(month));
    const close = (await keep(stage)).find(({ kind }) => kind === "close");
    if (close === undefined) throw new TypeError("the keeper left the month open");

    progress("Announcing and executing withdrawals");
    const paid = await withdrawAll(stage);
    const after = await accountsOf(stage);
    progress("Auditing the book from its logs");
    const broken = await checkBook(admin);
    const toBlock = await chain.provider.getBlockNumber();
    return {
      ...input,
      stage,
      billing,
      posted,
      before,
      after,
      deposits,
      paid,
      closeGas: close.gas,
      broken,
      toBlock,
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** Reads messages as records and exceptions, in the preset's currency. */
export function foldMessages(messages: Parameters<typeof foldExchanges>[0], preset: Preset): Fold {
  return foldExchanges(messages, { currency: preset.currency });
}

function bill({ fold, month, preset }: MonthInput, { actors, admin }: Stage): Billing {
  const parties = new Map(actors.map((actor) => [actor.agency, actor]));
  const services = new Map(preset.services.map(({ code, id }) => [code, id]));
  const schedule = new Schedule();
  schedule.publish(month, [...preset.prices, ...conditionsFrom(preset, month)]);
  const numbers = new Map<MemberId, number>();
  return buildStatements({
    drafts: fold.drafts,
    period: month,
    domain: treeDomain(admin.deployment.chainId, admin.deployment.ledger),
    partyOf: (name, served) => (served === month ? parties.get(name) : undefined),
    serviceOf: (code) => services.get(code),
    priceOf: (served, service, { tier }, supplier) => schedule.priceOf(served, service, tier, supplier.tier),
    nextNumber: (supplier): StatementNumber => {
      const next = (numbers.get(supplier) ?? 0) + 1;
      numbers.set(supplier, next);
      return statementNumber(next);
    },
    salt: randomSalt,
  });
}

async function keepBundles(
  { store }: MonthInput,
  { admin }: Stage,
  statements: readonly BilledStatement[],
): Promise<void> {
  const directory = createDirectoryStore(store);
  const { chainId, ledger } = admin.deployment;
  for (const { statement, records } of statements) {
    const { supplier, consumer, number, period } = statement;
    await directory.put(
      sealBundle({ chainId: Number(chainId), ledger, supplier, consumer, number, period, records }),
    );
  }
}

/** Has the keeper, a stranger to everyone, do what is due. */
async function keep({ keeper, meter }: Stage): Promise<DoneAct[]> {
  const acts = await keeper.tick();
  for (const { kind, gas } of acts) meter.add(kind, gas);
  return acts;
}

/** Every member announces what is free; a week later the keeper pays it out. */
async function withdrawAll(stage: Stage): Promise<Map<MemberId, Credits>> {
  const { actors, chain, admin, meter, preset } = stage;
  for (const actor of actors) {
    const { free } = await readAccount(admin, actor.id);
    if (free === 0n) continue;
    await meter.note("announce", sendAnnouncement(actor.as, { member: actor.id, amount: free }));
  }
  await chain.setTime((await readPeriod(admin)).now + preset.terms.withdrawalNotice + DAY);
  const paid = new Map<MemberId, Credits>();
  for (const act of await keep(stage)) {
    if (act.kind === "withdraw") paid.set(act.member, act.amount);
  }
  return paid;
}

async function accountsOf({ admin, actors }: Stage): Promise<Map<MemberId, AccountState>> {
  const accounts = new Map<MemberId, AccountState>();
  for (const id of [1 as MemberId, 2 as MemberId, ...actors.map((actor) => actor.id)]) {
    accounts.set(id, await readAccount(admin, id));
  }
  return accounts;
}

function drawnBy(member: MemberId, statements: readonly BilledStatement[]): Credits {
  return credits(
    statements
      .filter(({ statement }) => statement.consumer === member)
      .reduce((sum, { gross, fee }) => sum + gross + fee, 0n),
  );
}
