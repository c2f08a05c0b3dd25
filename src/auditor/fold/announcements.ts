import { FIRST_MEMBER, type MemberId } from "../../core/ids.ts";
import { tell, type Ground } from "./ground.ts";

/** A change of payee or key that waits, so that the member can object. */
export interface Pending {
  readonly target: string;
  readonly readyAt: number;
}

const OBJECTION_TIME = 14 * 86_400;
const NOBODY = `0x${"0".repeat(40)}`;

/** Changes of payees and keys that wait, and whether a payee that was set had waited. */
export class Announcements {
  readonly payees = new Map<MemberId, Pending>();
  readonly keys = new Map<MemberId, Pending>();
  readonly #ground: Ground;
  /** A payee that the next log may set: an applicant's own, or one that was taken off the waiting ones. */
  #due:
    | { readonly member: MemberId; readonly payee: string; readonly readyAt: number; readonly tx: string }
    | undefined;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** An applicant names its first payee. */
  applied(member: MemberId, payee: string): void {
    this.#due = { member, payee, readyAt: 0, tx: this.#ground.place.tx };
  }

  announcePayee(member: MemberId, payee: string, readyAt: bigint): void {
    const gone = this.#announce(this.payees, member, payee, readyAt, "payee");
    this.#due = gone && { member, payee: gone.target, readyAt: gone.readyAt, tx: this.#ground.place.tx };
  }

  announceKey(member: MemberId, key: string, readyAt: bigint): void {
    this.#announce(this.keys, member, key, readyAt, "key");
  }

  /** A payee was set. The treasurer appoints those of the reserved accounts without notice. */
  setPayee(member: MemberId, payee: string): void {
    const { place, now } = this.#ground;
    const due = this.#due;
    this.#due = undefined;
    const same = due?.member === member && due.payee === payee && due.tx === place.tx;
    if (member < FIRST_MEMBER || (same && due.readyAt <= now)) return;
    const message = `The payee of member ${member} became ${payee} without an announcement that had waited.`;
    this.#ground.find("PayeeUnannounced", message, { member, found: payee });
  }

  /** Notes an announcement, or that one is gone where the target is nobody. @returns what is gone */
  #announce(
    waiting: Map<MemberId, Pending>,
    member: MemberId,
    target: string,
    readyAt: bigint,
    what: string,
  ): Pending | undefined {
    if (target === NOBODY) {
      const gone = waiting.get(member);
      waiting.delete(member);
      return gone;
    }
    const due = this.#ground.now + OBJECTION_TIME;
    if (readyAt !== BigInt(due)) {
      const message = `A ${what} of member ${member} was announced for another time than in 14 days.`;
      const figures = { expected: tell.time(due), found: String(readyAt) };
      this.#ground.find("AnnouncementWrong", message, { member, ...figures });
    }
    waiting.set(member, { target, readyAt: due });
    return undefined;
  }
}
