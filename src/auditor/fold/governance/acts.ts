import { AbiCoder, id } from "ethers";
import type { Place } from "../../finding.ts";
import type { CharterFold } from "../charter.ts";
import type { Ground } from "../ground.ts";
import type { Sender } from "../../chain/transaction.ts";

/** A call that somebody made by what was decided. */
interface Act {
  readonly actor: string;
  readonly target: string;
  readonly data: string;
}

/** Something that only who holds a right can have done. */
export interface Needed {
  readonly target: string;
  /** As Solidity spells it, `admit(uint32)`; the arguments that are known come first. */
  readonly verb: string;
  readonly args: readonly unknown[];
  /** The role that it asks for; the one of the target's function where none is told. */
  readonly role?: bigint;
  /** Who may do it, where no role says so. */
  readonly holders?: Iterable<string>;
  /** What happened, for the sentence. */
  readonly what: string;
  /** Whose own word would do as well: it may give up what it holds. */
  readonly self?: string;
}

interface Open extends Needed {
  readonly place: Place;
  /** Who held the right. */
  readonly holders: ReadonlySet<string>;
  /** The call up to the arguments that are known. */
  readonly call: string;
}

/** Something that somebody may have done in its own name: its transaction tells. */
export interface OwnWord {
  readonly place: Place;
  readonly what: string;
  readonly target: string;
  /** Whether it is its word, by whoever sent the transaction. */
  fits(sender: Sender): boolean;
}

/** The first four bytes of a call. */
export const selectorOf = (verb: string): string => id(verb).slice(0, 10);

const selectors = new Map<string, string>();

/** A call up to the arguments that are known, all of them one word each. */
export function callOf(verb: string, args: readonly unknown[]): string {
  let selector = selectors.get(verb);
  if (selector === undefined) selectors.set(verb, (selector = selectorOf(verb)));
  const types = verb
    .slice(verb.indexOf("(") + 1, -1)
    .split(",")
    .slice(0, args.length);
  return selector + AbiCoder.defaultAbiCoder().encode(types, args).slice(2);
}

/**
 * Who did what in a transaction: what only a right allows must have been decided where all who hold the right act by
 * votes or rules that the logs tell. What an office holder may do at its own discretion nobody else can judge.
 */
export class Acts {
  /** To be explained by whoever sent the transaction. */
  readonly words: OwnWord[] = [];
  readonly #ground: Ground;
  readonly #charter: CharterFold;
  /** Contracts that act by what the logs tell alone: chambers, amendments, admissions, the charter. */
  readonly #bodies: ReadonlySet<string>;
  readonly #standsIn: (actor: string, holders: ReadonlySet<string>) => boolean;
  /** Whether a call of a contract's function always shows in a log that is noticed here. */
  readonly #shows: (target: string, selector: string) => boolean;
  #done: (Act & { readonly place: Place })[] = [];
  /** What showed, by the calls that it comes from. */
  #seen: { readonly target: string; readonly call: string }[] = [];
  #open: Open[] = [];

  /**
   * @param standsIn whether somebody may act for those who hold a right
   * @param shows whether a call of a contract's function always shows in a log that is noticed here
   */
  constructor(
    ground: Ground,
    charter: CharterFold,
    bodies: ReadonlySet<string>,
    standsIn: (actor: string, holders: ReadonlySet<string>) => boolean,
    shows: (target: string, selector: string) => boolean,
  ) {
    this.#ground = ground;
    this.#charter = charter;
    this.#bodies = bodies;
    this.#standsIn = standsIn;
    this.#shows = shows;
  }

  /** Notes a call that was decided. */
  did(actor: string, target: string, data: string): void {
    this.#done.push({ actor, target, data, place: { ...this.#ground.place } });
  }

  /** Notes what must have been decided, before it takes effect. */
  need(needed: Needed): void {
    const { target, verb, role = this.#charter.roleOf(target, selectorOf(verb)) } = needed;
    const holders = new Set(needed.holders ?? this.#charter.holdersOf(role));
    const call = callOf(verb, needed.args);
    this.#seen.push({ target, call });
    if ([...holders].some((holder) => !this.#bodies.has(holder))) return;
    this.#open.push({ ...needed, holders, call, place: { ...this.#ground.place } });
  }

  endTransaction(): void {
    for (const open of this.#open) this.#explain(open);
    for (const act of this.#done) this.#follow(act);
    this.#open = [];
    this.#done = [];
    this.#seen = [];
  }

  /** What was decided and executed must show. */
  #follow({ actor, target, data, place }: Act & { readonly place: Place }): void {
    if (!this.#shows(target, data.slice(0, 10))) return;
    if (this.#seen.some((one) => one.target === target && data.startsWith(one.call))) return;
    const message = `${actor} called ${data.slice(0, 10)} of ${target}, and no log says what came of it.`;
    this.#ground.find("ActWithoutEffect", message, { ...place, found: actor });
  }

  #explain({ target, call, what, self, holders, place }: Open): void {
    const decided = this.#done.find((act) => act.target === target && act.data.startsWith(call));
    if (decided === undefined) {
      if (self === undefined || this.#bodies.has(self)) {
        this.#ground.find("ActUnexplained", `${what}, and nothing was decided that says so.`, place);
      } else this.words.push({ place, what, target, fits: ({ from }) => from === self });
    } else if (!holders.has(decided.actor) && !this.#standsIn(decided.actor, holders)) {
      const message = `${what} by ${decided.actor}, which had no right to it.`;
      this.#ground.find("ActUnlawful", message, { ...place, found: decided.actor });
    }
  }
}
