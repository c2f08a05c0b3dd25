/** A delay that may be about to change. Twin of OpenZeppelin's `Time.Delay`. */
export interface Delay {
  /** What holds until `effect`. */
  readonly before: number;
  readonly after: number;
  /** The second from which `after` holds; zero where it does already. */
  readonly effect: number;
}

export const NO_DELAY: Delay = { before: 0, after: 0, effect: 0 };

/** A delay that holds at once. */
export const delayOf = (seconds: number): Delay => ({ ...NO_DELAY, after: seconds });

/** What holds at a second. */
export const delayAt = ({ before, after, effect }: Delay, now: number): number =>
  effect <= now ? after : before;

/** A delay after a change: a shorter one waits as long as it is shorter, and every one at least for the setback. */
export function changeDelay(delay: Delay, seconds: number, setback: number, now: number): Delay {
  const before = delayAt(delay, now);
  return { before, after: seconds, effect: now + Math.max(setback, before - seconds) };
}
