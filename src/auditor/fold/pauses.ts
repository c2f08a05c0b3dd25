const LONGEST = 7 * 86_400;
const COOLDOWN = 30 * 86_400;

/** When posting was paused. Twin of `pausePosting` and `resumePosting` in contracts/Ledger.sol; seconds since 1970. */
export class Pauses {
  until = 0;
  /** All pauses together, the running one to its end. */
  #seconds = 0;

  paused(now: number): boolean {
    return now < this.until;
  }

  /** For how many seconds posting was paused, up to now. */
  secondsAt(now: number): number {
    return this.#seconds - Math.max(this.until - now, 0);
  }

  /**
   * Takes a logged pause, or the end of one: that is logged as a pause until now.
   * @returns what is wrong with it, if anything
   */
  take(until: number, now: number): string | undefined {
    if (until === now && this.paused(now)) {
      this.#seconds -= this.until - now;
      this.until = now;
      return undefined;
    }
    const readyAt = this.until === 0 ? 0 : this.until + COOLDOWN;
    this.#seconds += until - now;
    this.until = until;
    if (until - now > LONGEST) return "it is longer than seven days";
    if (until < now) return "it ended before it began";
    return now < readyAt ? "it came within thirty days of the last one's end" : undefined;
  }
}
