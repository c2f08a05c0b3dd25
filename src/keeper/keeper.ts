import { setTimeout as sleep } from "node:timers/promises";
import type { Provider } from "ethers";
import { isConsortiaError, type ConsortiaError } from "../core/error.ts";
import { parseCredits, type Credits } from "../core/money.ts";
import type { Consortium } from "../sdk/consortium.ts";
import { read } from "../sdk/verb.ts";
import { actId, type Act, type DoneAct } from "./act.ts";
import { createScanner, type Tip } from "./candidates.ts";
import { dueActs, dueCloses } from "./due.ts";
import { performAct } from "./perform.ts";

export interface KeeperOptions {
  /** Seen by a key with coins for gas. It needs no right: all of a keeper's acts are open to anyone. */
  readonly consortium: Consortium;
  /** Seconds since 1970, given the latest block; the chain's own clock by default. */
  readonly clock?: (tip: Tip) => number | Promise<number>;
  readonly log?: (note: KeeperNote) => void;
  /** Part payments of a debt below this wait for more; one credit by default. */
  readonly leastPayment?: Credits;
}

/** What a keeper tells whoever watches it. */
export type KeeperNote =
  | { readonly event: "done"; readonly act: DoneAct }
  /** Somebody else did it first, or the chain was rolled back beneath it. */
  | { readonly event: "lost"; readonly act: Act }
  /** The contract refuses an act that looks due; it is tried again at the next tick. */
  | { readonly event: "refused"; readonly act: Act; readonly error: ConsortiaError }
  /** The node does not answer; it is asked again after a while. */
  | { readonly event: "waiting"; readonly error: ConsortiaError; readonly ms: number };

/** Does what is due. It keeps nothing that the chain does not hold: kill it at any point and start another. */
export interface Keeper {
  /** What is due now; changes nothing. (The shape of `checkUpkeep`.) */
  due(): Promise<readonly Act[]>;
  /**
   * Carries one act out; undefined where it was lost to somebody else. (The shape of `performUpkeep`.)
   * @throws where the contract refuses an act that is still due, or the node is silent
   */
  perform(act: Act): Promise<DoneAct | undefined>;
  /** Carries out everything that is due, months first. @returns what this keeper did itself */
  tick(): Promise<DoneAct[]>;
  /** Ticks until the signal, through every silence of the node. */
  run(options: { readonly intervalMs: number; readonly signal?: AbortSignal }): Promise<void>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Makes a keeper. Any number of them may watch one ledger: a race lost costs gas at most, and is no error. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { consortium, log = () => {} } = options;
  const { provider } = consortium;
  const clock = options.clock ?? ((tip: Tip) => chainClock(provider, tip));
  const leastPayment = options.leastPayment ?? parseCredits("1");
  const scanner = createScanner(consortium);

  async function due(): Promise<readonly Act[]> {
    const { tip, candidates } = await scanner.scan();
    const moment = { block: tip.number, at: tip.timestamp, now: await clock(tip) };
    const closes = await dueCloses(consortium, moment);
    const { acts, settled } = await dueActs(consortium, candidates, moment, leastPayment);
    scanner.forget(settled);
    return [...closes, ...acts];
  }

  async function perform(act: Act): Promise<DoneAct | undefined> {
    try {
      const done = await performAct(consortium, act);
      log({ event: "done", act: done });
      return done;
    } catch (error) {
      if (isConsortiaError(error, "NetworkUnreachable")) throw error;
      const wanted = actId(act);
      const passed = ["KeyBusy", "TransactionForgotten"].some((code) => isConsortiaError(error, code));
      if (!passed && (await due()).some((one) => actId(one) === wanted)) throw error;
      log({ event: "lost", act });
      return undefined;
    }
  }

  async function tick(): Promise<DoneAct[]> {
    const done: DoneAct[] = [];
    const tried = new Set<string>();
    for (;;) {
      const acts = (await due()).filter((act) => !tried.has(actId(act)));
      if (acts.length === 0) return done;
      // What a month's close sets free is known only after it.
      const closes = acts.filter(({ kind }) => kind === "close");
      for (const act of closes.length > 0 ? closes : acts) {
        tried.add(actId(act));
        const result = await attempt(act);
        if (result !== undefined) done.push(result);
      }
    }
  }

  /** One member's refusing wallet must not stop what is due to the others. */
  async function attempt(act: Act): Promise<DoneAct | undefined> {
    try {
      return await perform(act);
    } catch (error) {
      if (!isConsortiaError(error) || error.code === "NetworkUnreachable") throw error;
      log({ event: "refused", act, error });
      return undefined;
    }
  }

  async function run({
    intervalMs,
    signal,
  }: {
    readonly intervalMs: number;
    readonly signal?: AbortSignal;
  }): Promise<void> {
    let silences = 0;
    while (signal?.aborted !== true) {
      let pause = intervalMs;
      try {
        await tick();
        silences = 0;
      } catch (error) {
        if (!isConsortiaError(error) || !passes(error)) throw error;
        const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** silences++);
        pause = Math.round(longest * (0.5 + Math.random() / 2));
        log({ event: "waiting", error, ms: pause });
      }
      await sleep(pause, undefined, signal === undefined ? {} : { signal }).catch(() => {});
    }
  }

  return { due, perform, tick, run };
}

/** Whether asking again may help: a silent node, or one whose chain was rolled back while it was asked. */
function passes(error: ConsortiaError): boolean {
  return error.retryable || error.code === "CallFailed";
}

/** The second in which a transaction sent now would be mined, where the node knows; else the latest block's. */
async function chainClock(provider: Provider, tip: Tip): Promise<number> {
  const pending = await read(provider.getBlock("pending")).catch(() => null);
  return Math.max(tip.timestamp, pending?.timestamp ?? 0);
}
