import { join } from "node:path";
import { COMMONS, COMMONS_AGENCY, type Agency, type MemberId } from "../../../core/ids.ts";
import { ZERO, type Credits } from "../../../core/money.ts";
import { periodEnd, periodStart } from "../../../core/period.ts";
import type { BillingException } from "../../../core/billing.ts";
import type { Gathering } from "../../../connectors/gathering.ts";
import { readAccount, readDebt, sendDebtPayment } from "../../../sdk/accounts.ts";
import type { PostedCharge } from "../../../sdk/statements.ts";
import type { Preset } from "../../network/preset.ts";
import type { Built } from "../../statements/build.ts";
import { depositOf } from "../cast.ts";
import { fundActors, setStage, type Stage } from "../stage.ts";
import { memberOf, posterOf, StatementDesk, type Refused, type Signatory } from "./desk.ts";
import { Importer, importMonth } from "./harvest.ts";
import type { PlatformSource, Sample } from "./sample.ts";
import { whileServing } from "./server.ts";

export interface CommonsInput {
  readonly sample: Sample;
  readonly preset: Preset;
  /** Where bundles and statement files go. */
  readonly out: string;
  readonly progress: (step: string) => void;
}

/** A statement as it was built and posted. */
export interface Settled {
  readonly built: Built["statements"][number];
  readonly charge: PostedCharge;
}

/** The month as it was settled. The caller closes the stage. */
export interface SettledCommons extends Omit<CommonsInput, "progress"> {
  readonly stage: Stage;
  readonly desk: StatementDesk;
  /** What suppliers imported. */
  readonly given: Gathering;
  readonly settled: readonly Settled[];
  readonly exceptions: readonly BillingException[];
  /** What consumers did not sign at first, since their own harvest said otherwise. */
  readonly refused: readonly Refused[];
  /** What the common good owed to those who built it, and what of that its users have paid. */
  readonly builders: ReadonlyMap<MemberId, Builder>;
}

export interface Builder {
  readonly owed: Credits;
  readonly left: Credits;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** The days of the month on which the first platform bills, and on which everybody else does. */
const [EARLY, LATE] = [10, 28];

/**
 * Runs a month in which loans, e-resources and a common catalogue are settled by the same statements: everybody imports
 * from the systems that it has, bills what it gave, and signs what its own harvest bears out.
 */
export async function settleCommons(input: CommonsInput): Promise<SettledCommons> {
  const { sample, preset, out, progress } = input;
  progress("Deploying the consortium, accrediting attestors and admitting members");
  const stage = await setStage(sample.players, preset, sample.usageMonth);
  try {
    const { chain, actors } = stage;
    await fundActors(stage, new Map(actors.map((actor) => [actor.id, depositOf(actor, ZERO)])));
    const to = async (day: number) => {
      const time = periodStart(sample.month) + (day - 1) * DAY;
      await chain.setTime(time);
      return new Date(time * 1000).toISOString().slice(0, 10);
    };
    for (const month of [sample.usageMonth, sample.month]) {
      await chain.setTime(periodStart(month));
      await keep(stage);
    }
    const desk = new StatementDesk(stage, out);
    const [first] = sample.platforms as [PlatformSource];

    progress(`Importing usage of ${first.name} before it restates a month`);
    const early = await whileServing([first.answers], await to(EARLY), (urlOf) =>
      new Importer(sample, join(out, "imports", "early")).usage(first, urlOf(first.answers)),
    );
    const billed = await desk.build(early.drafts, memberOf(stage, first.agency).id);

    progress(
      "Importing usage, contributions, uses of the common catalogue and messages, each party by itself",
    );
    const files = [...sample.platforms, sample.catalogue].map(({ answers }) => answers);
    const { given, own } = await whileServing(files, await to(LATE), async (urlOf) => ({
      given: await importMonth(sample, join(out, "imports", "suppliers"), urlOf),
      own: await importMonth(sample, join(out, "imports", "consumers"), urlOf),
    }));
    const built = await desk.build(given.drafts);

    progress("Countersigning what each consumer's own harvest bears out");
    const signatory = signatories(stage, own);
    const refused: Refused[] = [];
    for (const one of await desk.countersign(signatory)) {
      if (one.outcome === "refused") refused.push(await desk.retract(one));
    }
    const again = await desk.build(given.drafts);
    await desk.countersign(signatory);

    progress("Posting: a supplier's key attests what it bills");
    await chain.setTime(periodEnd(sample.month) - HOUR);
    const statements = [billed, built, again].flatMap((one) => one.statements);
    const { settled, builders } = await postAll(stage, desk, statements);

    progress("Closing the month");
    await chain.setTime(periodEnd(sample.month));
    await keep(stage);
    return {
      ...{ sample, preset, out, stage, desk, given, settled, builders, refused },
      exceptions: built.exceptions,
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** Everybody posts, COMMONS last; then what its users paid goes to those who built it. */
async function postAll(stage: Stage, desk: StatementDesk, statements: Built["statements"]) {
  const { admin, actors } = stage;
  const settled: Settled[] = [];
  for (const supplier of [...actors.map(({ id }) => id), COMMONS]) {
    const outcome = await desk.post(supplier, posterOf(stage, supplier));
    for (const charge of outcome?.batches.flatMap(({ posted }) => posted) ?? []) {
      // Of two under one number the later one was posted: the earlier was taken back.
      const built = statements.findLast(
        ({ statement }) => statement.supplier === supplier && statement.number === charge.number,
      );
      if (built === undefined) throw new TypeError(`nobody built statement ${supplier}-${charge.number}`);
      settled.push({ built, charge });
    }
  }
  const builders = new Map<MemberId, Builder>();
  for (const { id: creditor } of actors) {
    const owed = await readDebt(admin, COMMONS, creditor);
    if (owed === 0n) continue;
    const { position, cash } = await readAccount(admin, COMMONS);
    if (position + cash > 0n) {
      await stage.meter.note("pay debt", sendDebtPayment(admin, { debtor: COMMONS, creditor }));
    }
    builders.set(creditor, { owed, left: await readDebt(admin, COMMONS, creditor) });
  }
  return { settled, builders };
}

/** Who signs for whom, beside what of its own: members for themselves, and the attestor of what was given for COMMONS. */
function signatories(stage: Stage, { drafts }: Gathering) {
  const [attestor] = stage.attestors.values();
  const drawn = (name: Agency) => drafts.filter(({ consumer }) => consumer === name);
  return (consumer: MemberId): Signatory => {
    if (consumer === COMMONS && attestor !== undefined) {
      return { signer: attestor, own: drawn(COMMONS_AGENCY) };
    }
    const actor = stage.actors.find(({ id }) => id === consumer);
    if (actor === undefined) throw new TypeError(`nobody signs for member ${consumer}`);
    return { signer: actor.key, own: drawn(actor.agency) };
  };
}

async function keep({ keeper, meter }: Stage): Promise<void> {
  for (const { kind, gas } of await keeper.tick()) meter.add(kind, gas);
}
