import { FIRST_MEMBER, type MemberId } from "../../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../../core/money.ts";
import { voiceOf, VOICE_WAITING_MONTHS } from "../../../core/voice.ts";
import type { VoiceSite } from "../../chain/governance.ts";
import { RIGHTS } from "../keys.ts";
import type { Member } from "../membership.ts";
import type { FoldState } from "../state.ts";
import type { Electorate, KeyStanding } from "./electorate.ts";
import { Histories, History } from "./history.ts";
import { RollFold, type RollChange } from "./roll.ts";

export interface VoiceEvents {
  VoiceSynced: { member: MemberId; units: bigint };
  SuspensionConfirmed: { member: MemberId };
}

const EVERYBODY = 0;

/** What a member weighs and on which rolls it stands. Twin of contracts/governance/Voice.sol. */
export class VoiceFold implements Electorate {
  readonly sort = "member";
  readonly address: string;
  readonly roll: RollFold;
  readonly #state: FoldState;
  readonly #full: Credits;
  readonly #units = new Histories<MemberId, bigint>(0n);
  readonly #total = new History(0n);
  readonly #confirmed = new Set<MemberId>();
  /** Where a member is enrolled. */
  readonly #places = new Map<MemberId, number>();
  /** Members whose change the rolls have yet to be told of, in this transaction. */
  readonly #untold = new Set<MemberId>();

  constructor(state: FoldState, { address, fullStanding }: VoiceSite) {
    this.#state = state;
    this.address = address;
    this.#full = credits(fullStanding);
    this.roll = new RollFold(state.ground);
    this.handlers = { ...this.roll.handlers, ...this.own };
  }

  readonly handlers: object;

  readonly own: { [K in keyof VoiceEvents]: (event: VoiceEvents[K]) => void } = {
    VoiceSynced: ({ member, units }) => {
      const { ground, register } = this.#state;
      this.#untold.delete(member);
      const one = register.member(member);
      if (one === undefined || member < FIRST_MEMBER) {
        ground.find("MemberUnknown", `The voice of ${member} was synced, which is no member.`, { member });
        return;
      }
      if (one.state !== "suspended") this.#confirmed.delete(member);
      const eligible = this.#eligible(one);
      this.roll.settle(this.#enrol(one, eligible), `When the voice of member ${member} was synced`);
      const expected = eligible ? voiceOf(this.#standingOf(member), this.#full) : 0n;
      if (units !== expected) {
        const message = `Member ${member} was given a voice of ${units}, and its membership and standing give ${expected}.`;
        const figures = { expected: String(expected), found: String(units) };
        ground.find("VoiceWrong", message, { member, ...figures });
      }
      const before = this.#units.latest(member);
      this.#units.of(member).push(ground.now, units);
      this.#total.push(ground.now, this.#total.latest + units - before);
    },
    SuspensionConfirmed: ({ member }) => {
      const { ground, register } = this.#state;
      const found = register.member(member)?.state ?? "nobody";
      if (found !== "suspended") {
        const message = `The suspension of member ${member} was confirmed, and it was ${found}.`;
        ground.find("MembershipImpossible", message, { member, found });
      }
      this.#confirmed.add(member);
    },
  };

  confirmed(member: MemberId): boolean {
    return this.#confirmed.has(member);
  }

  mayVoteAt(voter: number, key: string, position: number): KeyStanding {
    const { keys } = this.#state.register;
    const member = voter as MemberId;
    return {
      may: keys.hasRightAt(member, key, RIGHTS.vote, position),
      nonce: keys.ballotsAt(member, key, position),
    };
  }

  onRoll(constituency: number, voter: number, time: number): boolean {
    return this.roll.onRoll(constituency, voter, time);
  }

  electors(constituency: number, time: number): number {
    return this.roll.count(constituency, time);
  }

  votesAt(voter: number, time: number): bigint {
    return this.#units.at(voter as MemberId, time);
  }

  totalAt(time: number): bigint {
    return this.#total.at(time);
  }

  /** A membership changed: the register tells the rolls within the transaction. */
  changed(member: MemberId): void {
    this.#untold.add(member);
  }

  endTransaction(): void {
    this.roll.endTransaction();
    for (const member of this.#untold) {
      const message = `The membership of member ${member} changed and its voice was not synced.`;
      this.#state.ground.find("VoiceUntold", message, { member });
    }
    this.#untold.clear();
  }

  #eligible({ id, state, since }: Member): boolean {
    if (since === 0 || state === "left") return false;
    if (state === "suspended" && this.#confirmed.has(id)) return false;
    return since + VOICE_WAITING_MONTHS <= this.#state.ground.month;
  }

  #standingOf(member: MemberId): Credits {
    const { register, book } = this.#state;
    return register.bound ? book.account(member).standing : ZERO;
  }

  /** What has to change on the rolls; then it is so. */
  #enrol({ id, constituency }: Member, eligible: boolean): RollChange[] {
    const before = this.#places.get(id);
    const stays = eligible && before === constituency;
    const changes: RollChange[] = [];
    const change = (entered: boolean, where: number): void => {
      changes.push({ entered, constituency: where, voter: id });
    };
    if (before !== undefined && !stays && before !== EVERYBODY) change(false, before);
    if (before !== undefined && !eligible) change(false, EVERYBODY);
    if (eligible && before === undefined) change(true, EVERYBODY);
    if (eligible && !stays && constituency !== EVERYBODY) change(true, constituency);
    if (eligible) this.#places.set(id, constituency);
    else this.#places.delete(id);
    return changes;
  }
}
