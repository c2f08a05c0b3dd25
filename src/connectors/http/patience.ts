/** How long a server is waited for. */
export interface Patience {
  /** How often it is asked in all; 6. */
  readonly attempts: number;
  /** Milliseconds before the second time; doubled each time after; 1,000. */
  readonly first: number;
  /** The longest wait in milliseconds, even where the server asks for more; 5 minutes. */
  readonly longest: number;
  /** Milliseconds without a byte after which it counts as away; 1 minute. */
  readonly silence: number;
  /** Waits. Tests and schedulers give their own. @throws the signal's reason once it is aborted */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const USUAL: Patience = { attempts: 6, first: 1_000, longest: 300_000, silence: 60_000, wait };

export function patience(given: Partial<Patience>): Patience {
  return {
    attempts: given.attempts ?? USUAL.attempts,
    first: given.first ?? USUAL.first,
    longest: given.longest ?? USUAL.longest,
    silence: given.silence ?? USUAL.silence,
    wait: given.wait ?? USUAL.wait,
  };
}

/** The wait after an attempt, 1 for the first: doubled each time, and up to a quarter longer so that clients spread. */
export function delay(attempt: number, given: Partial<Patience>): number {
  const { first, longest } = patience(given);
  const doubled = first * 2 ** (attempt - 1);
  return Math.min(longest, Math.floor(doubled * (1 + Math.random() / 4)));
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }
    function aborted(): void {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    }
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
