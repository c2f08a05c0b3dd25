import { period } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";
import { periodEnd } from "../core/period.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** Closes the open month once it is over. Anyone; the cost is the same for any number of members. */
export const { prepare: prepareClose, send: sendClose } = verb<undefined>((c) =>
  c.contracts.ledger.closePeriod.populateTransaction(),
);

/** Pauses posting, never withdrawal, for at most seven days. Guardian. */
export const { prepare: preparePause, send: sendPause } = verb<{ seconds: number }>((c, a) =>
  c.contracts.ledger.pausePosting.populateTransaction(a.seconds),
);

/** Ends a pause early. Guardian. */
export const { prepare: prepareResume, send: sendResume } = verb<undefined>((c) =>
  c.contracts.ledger.resumePosting.populateTransaction(),
);

/** Where the book stands in time. */
export interface PeriodState {
  readonly open: PeriodId;
  /** First second after the open month. */
  readonly endsAt: number;
  /** Whether the open month is over, by the chain's own clock. */
  readonly closeDue: boolean;
  /** The chain's clock: the latest block's second. */
  readonly now: number;
  /** Until when posting is paused; undefined where it is not. */
  readonly pausedUntil?: number;
}

export async function readPeriod(consortium: Consortium): Promise<PeriodState> {
  const { ledger } = consortium.contracts;
  const [open, pausedUntil, block] = await read(
    Promise.all([ledger.openPeriod(), ledger.pausedUntil(), consortium.provider.getBlock("latest")]),
  );
  const now = block?.timestamp ?? 0;
  const id = period(Number(open));
  return {
    open: id,
    endsAt: periodEnd(id),
    closeDue: now >= periodEnd(id),
    now,
    ...(Number(pausedUntil) > now ? { pausedUntil: Number(pausedUntil) } : {}),
  };
}
