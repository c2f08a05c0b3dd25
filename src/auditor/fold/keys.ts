import type { MemberId } from "../../core/ids.ts";

/** What a delegate key may do, one bit each; as contracts/types/Rights.sol. */
export const RIGHTS = { post: 1, countersign: 2, vote: 4, cash: 8, speak: 16, read: 32 } as const;
export const ALL_RIGHTS = 63;

interface Change {
  /** The log that made it. */
  readonly position: number;
  readonly rights: number;
  /** Nonce that the key's ballots bear. */
  readonly ballots: number;
}

/** A key's word as the register's `keyOf` view tells it. */
export interface KeyWord {
  readonly member: MemberId;
  readonly key: string;
  readonly rights: number;
  readonly since: number;
  readonly until: number;
  /** Nonce that the key's ballots bear. */
  readonly ballots: number;
}

/** The keys of all members with their rights over time, so that a signature is judged as of its log. */
export class KeyHistory {
  readonly #changes = new Map<string, Change[]>();
  readonly #words = new Map<string, KeyWord>();

  /** Sets a key's rights from a log on; none revokes it. */
  set(member: MemberId, key: string, rights: number, position: number, now: number): void {
    const name = `${member}/${key}`;
    const before = this.#words.get(name);
    const fresh = before === undefined || before.rights === 0;
    const since = rights !== 0 && fresh ? now : (before?.since ?? 0);
    // What a key signed does not come back with it should it vote again one day.
    const silenced = ((before?.rights ?? 0) & ~rights & RIGHTS.vote) !== 0;
    const ballots = (before?.ballots ?? 0) + (silenced ? 1 : 0);
    this.#words.set(name, { member, key, rights, since, until: rights === 0 ? now : 0, ballots });
    this.#change(name, { position, rights, ballots });
  }

  /** Raises the nonce of a key's ballots. @returns what it is now */
  voidBallots(member: MemberId, key: string, position: number): number {
    const name = `${member}/${key}`;
    const word = this.#words.get(name) ?? { member, key, rights: 0, since: 0, until: 0, ballots: 0 };
    const ballots = word.ballots + 1;
    this.#words.set(name, { ...word, ballots });
    this.#change(name, { position, rights: word.rights, ballots });
    return ballots;
  }

  /** What a key could do when a log was written; what the log itself changed does not count. */
  rightsAt(member: MemberId, key: string, position: number): number {
    return this.#at(member, key, position)?.rights ?? 0;
  }

  /** The nonce that a key's ballots had to bear when a log was written. */
  ballotsAt(member: MemberId, key: string, position: number): number {
    return this.#at(member, key, position)?.ballots ?? 0;
  }

  hasRightAt(member: MemberId, key: string, right: number, position: number): boolean {
    return (this.rightsAt(member, key, position) & right) === right;
  }

  /** What a key can do now. */
  rights(member: MemberId, key: string): number {
    return this.#words.get(`${member}/${key}`)?.rights ?? 0;
  }

  /** Every key that was ever enrolled. */
  words(): Iterable<KeyWord> {
    return this.#words.values();
  }

  #change(name: string, change: Change): void {
    const changes = this.#changes.get(name);
    if (changes === undefined) this.#changes.set(name, [change]);
    else changes.push(change);
  }

  #at(member: MemberId, key: string, position: number): Change | undefined {
    return this.#changes.get(`${member}/${key}`)?.findLast((change) => change.position < position);
  }
}
