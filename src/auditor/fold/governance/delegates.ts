import type { Ground } from "../ground.ts";
import type { KeyStanding } from "./electorate.ts";
import { Histories } from "./history.ts";

export interface DelegateEvents {
  DelegateEnrolled: { delegate: number; key: string };
  DelegateKeyRotated: { delegate: number; key: string; ballots: number };
  DelegateBallotsVoided: { delegate: number; ballots: number };
}

/** A delegate's word as the view `keyOf` tells it. */
export interface DelegateWord {
  readonly key: string;
  /** In seconds since 1970. */
  readonly since: number;
  /** Nonce that its ballots bear. */
  readonly ballots: number;
}

const NOBODY: DelegateWord = { key: `0x${"0".repeat(40)}`, since: 0, ballots: 0 };

/** People who stand for election, and their keys over time. Twin of contracts/governance/Delegates.sol. */
export class DelegatesFold {
  readonly address: string;
  last = 0;
  readonly #ground: Ground;
  /** By the position of logs. */
  readonly #words = new Histories<number, DelegateWord>(NOBODY);

  constructor(ground: Ground, address: string) {
    this.#ground = ground;
    this.address = address;
  }

  readonly handlers: { [K in keyof DelegateEvents]: (event: DelegateEvents[K]) => void } = {
    DelegateEnrolled: ({ delegate, key }) => {
      if (delegate !== this.last + 1) {
        const figures = { expected: String(this.last + 1), found: String(delegate) };
        const message = `A delegate was given number ${delegate}, and ${figures.expected} is next.`;
        this.#ground.find("DelegateNumberWrong", message, figures);
      }
      this.last = Math.max(this.last, delegate);
      this.#set(delegate, { key, since: this.#ground.now, ballots: 0 });
    },
    DelegateKeyRotated: ({ delegate, key, ballots }) => {
      this.#raise(delegate, ballots);
      this.#set(delegate, { key, since: this.#ground.now, ballots });
    },
    DelegateBallotsVoided: ({ delegate, ballots }) => {
      this.#raise(delegate, ballots);
      this.#set(delegate, { ...this.word(delegate), ballots });
    },
  };

  word(delegate: number): DelegateWord {
    return this.#words.latest(delegate);
  }

  /** Whether a key stood behind a delegate when a log was written. */
  mayVoteAt(delegate: number, key: string, position: number): KeyStanding {
    const word = this.#words.at(delegate, position - 1);
    return { may: word.key === key && key !== NOBODY.key, nonce: word.ballots };
  }

  #raise(delegate: number, found: number): void {
    const { key, ballots } = this.word(delegate);
    if (key === NOBODY.key) {
      this.#ground.find("DelegateUnknown", `Nobody was ever enrolled as delegate ${delegate}.`);
    }
    if (found === ballots + 1) return;
    const message = `The nonce of delegate ${delegate}'s ballots became ${found} after ${ballots}.`;
    this.#ground.find("NonceWrong", message, { expected: String(ballots + 1), found: String(found) });
  }

  #set(delegate: number, word: DelegateWord): void {
    this.#words.of(delegate).push(this.#ground.position, word);
  }
}
