import type { MemberId } from "../../core/ids.ts";

/** What a delegate key may do, one bit each; as contracts/types/Rights.sol. */
export const RIGHTS = { post: 1, countersign: 2, vote: 4, cash: 8, speak: 16, read: 32 } as const;
export const ALL_RIGHTS = 63;

interface Change {
  /** The log that made it. */
  readonly position: number;
  readonly rights: number;
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
    const changes = this.#changes.get(name);
    if (changes === undefined) this.#changes.set(name, [{ position, rights }]);
    else changes.push({ position, rights });
    const before = this.#words.get(name);
    const fresh = before === undefined || before.rights === 0;
    const since = rights !== 0 && fresh ? now : (before?.since ?? 0);
    // What a key signed does not come back with it should it vote again one day.
    const silenced = ((before?.rights ?? 0) & ~rights & RIGHTS.vote) !== 0;
    const ballots = (before?.ballots ?? 0) + (silenced ? 1 : 0);
    this.#words.set(name, { member, key, rights, since, until: rights === 0 ? now : 0, ballots });
  }

  /** Raises the nonce of a key's ballots. */
  voidBallots(member: MemberId, key: string): void {
    const word = this.#words.get(`${member}/${key}`);
    if (word !== undefined) this.#words.set(`${member}/${key}`, { ...word, ballots: word.ballots + 1 });
  }

  /** What a key could do when a log was written; what the log itself changed does not count. */
  rightsAt(member: MemberId, key: string, position: number): number {
    const changes = this.#changes.get(`${member}/${key}`) ?? [];
    return changes.findLast((change) => change.position < position)?.rights ?? 0;
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
}
