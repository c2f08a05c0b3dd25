import type { Ground } from "../ground.ts";
import type { Place } from "../../finding.ts";
import { Histories } from "./history.ts";

export interface RollEvents {
  VoterEntered: { constituency: number; voter: number };
  VoterStruck: { constituency: number; voter: number };
}

/** A voter entered on a constituency's roll, or struck off it. */
export interface RollChange {
  readonly entered: boolean;
  readonly constituency: number;
  readonly voter: number;
}

/** Rolls of voters as they stood at any time. Twin of contracts/governance/Roll.sol. */
export class RollFold {
  readonly #ground: Ground;
  /** By constituency and voter; by constituency. In seconds. */
  readonly #standing = new Histories<string, boolean>(false);
  readonly #counts = new Histories<number, number>(0);
  /** Changes that nothing explained so far, in this transaction. */
  #open: (RollChange & { readonly place: Place })[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  readonly handlers: { [K in keyof RollEvents]: (event: RollEvents[K]) => void } = {
    VoterEntered: ({ constituency, voter }) => this.#change({ entered: true, constituency, voter }),
    VoterStruck: ({ constituency, voter }) => this.#change({ entered: false, constituency, voter }),
  };

  onRoll(constituency: number, voter: number, time: number): boolean {
    return this.#standing.at(`${constituency}/${voter}`, time);
  }

  count(constituency: number, time: number): number {
    return this.#counts.at(constituency, time);
  }

  /** Constituencies that ever had a voter. */
  *constituencies(): Iterable<number> {
    for (const [constituency] of this.#counts.entries()) yield constituency;
  }

  /** Compares the changes since the last time with what the rules ask for. */
  settle(due: readonly RollChange[], why: string): void {
    const [expected, found] = [due.map(spell).join(", "), this.#open.map(spell).join(", ")];
    const [first] = this.#open;
    this.#open = [];
    if (expected === found) return;
    const figures = { expected: expected || "no change", found: found || "no change" };
    const message = `${why}, the rolls were changed by ${figures.found} instead of ${figures.expected}.`;
    this.#ground.find("RollWrong", message, { ...figures, ...first?.place });
  }

  /** By now every change was explained. */
  endTransaction(): void {
    if (this.#open.length > 0) this.settle([], "With nothing to say why");
  }

  #change(change: RollChange): void {
    const { entered, constituency, voter } = change;
    const { now, place } = this.#ground;
    const standing = this.#standing.of(`${constituency}/${voter}`);
    this.#open.push({ ...change, place: { ...place } });
    if (standing.latest === entered) {
      const message = `Voter ${voter} was ${entered ? "entered on" : "struck off"} the roll of constituency ${constituency} twice.`;
      this.#ground.find("RollWrong", message, { found: spell(change) });
      return;
    }
    standing.push(now, entered);
    const counts = this.#counts.of(constituency);
    counts.push(now, counts.latest + (entered ? 1 : -1));
  }
}

const spell = ({ entered, constituency, voter }: RollChange): string =>
  `${entered ? "entering" : "striking"} ${voter} in ${constituency}`;
