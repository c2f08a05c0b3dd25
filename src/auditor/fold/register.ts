import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, FIRST_MEMBER, isil, RELIEF, type MemberId } from "../../core/ids.ts";
import { POSTING_WINDOW } from "../../core/period.ts";
import { decodeIsil } from "../../chain/isil.ts";
import type { MembershipState } from "../result.ts";
import { AgreementsFold } from "./agreements.ts";
import { Announcements } from "./announcements.ts";
import { tell, type Ground } from "./ground.ts";
import { ChoicesFold } from "./choices.ts";
import { ALL_RIGHTS, KeyHistory } from "./keys.ts";
import { reserved, type Member, type Terms } from "./membership.ts";

export interface RegisterEvents {
  MemberApplied: {
    member: MemberId;
    isil: string;
    kind: number;
    tier: number;
    constituency: number;
    region: number;
    payee: string;
  };
  MemberAdmitted: { member: MemberId; since: number };
  MemberSuspended: { member: MemberId; until: number };
  MemberReinstated: { member: MemberId };
  MemberLeft: { member: MemberId; until: number };
  MemberClassified: { member: MemberId; constituency: number; region: number };
  TierScheduled: { member: MemberId; tier: number; from: number };
  BallotsVoided: { member: MemberId; key: string; ballots: number };
  KeySet: { member: MemberId; key: string; rights: number };
  PayeeSet: { member: MemberId; payee: string };
  PayeeAnnounced: { member: MemberId; payee: string; readyAt: bigint };
  RekeyAnnounced: { member: MemberId; key: string; readyAt: bigint };
  LedgerBound: { ledger: string };
}

/** Memberships, payees and keys. Twin of contracts/Register.sol. */
export class RegisterFold {
  readonly keys = new KeyHistory();
  readonly announcements: Announcements;
  /** What members offer and use, at which price and with whom. */
  readonly made: ChoicesFold;
  /** What members agreed to charge each other. */
  readonly agreed: AgreementsFold;
  readonly #ground: Ground;
  readonly #ledger: string;
  readonly #members = new Map<MemberId, Member>();
  readonly #holders = new Map<string, MemberId>();
  #bound = false;
  /** Members whose change the ledger has yet to be told of, in this transaction. */
  readonly #untold = new Set<MemberId>();

  constructor(ground: Ground, ledger: string) {
    this.#ground = ground;
    this.announcements = new Announcements(ground);
    this.made = new ChoicesFold(ground, (member) => this.#becomeChoosy(member));
    this.agreed = new AgreementsFold(
      ground,
      (member) => this.#members.get(member),
      (member) => this.#becomeChoosy(member),
    );
    this.#ledger = ledger.toLowerCase();
    for (const id of [COMMONS, RELIEF]) this.#members.set(id, reserved(id));
  }

  get lastMember(): MemberId {
    return this.#members.size as MemberId;
  }

  /** Whether the ledger is told of changes. */
  get bound(): boolean {
    return this.#bound;
  }

  /** How many are admitted or suspended, without the reserved accounts. */
  get memberCount(): number {
    return [...this.#members.values()].filter(
      ({ id, state }) => !(id < FIRST_MEMBER) && (state === "admitted" || state === "suspended"),
    ).length;
  }

  member(id: MemberId): Member | undefined {
    return this.#members.get(id);
  }

  members(): Iterable<Member> {
    return this.#members.values();
  }

  /** The admitted or suspended membership of an ISIL. */
  holderOf(isil: string): MemberId | undefined {
    return this.#holders.get(isil.toUpperCase());
  }

  readonly handlers: { [K in keyof RegisterEvents]: (event: RegisterEvents[K]) => void } = {
    MemberApplied: ({ member, isil: bytes, kind, tier, constituency, region, payee }) => {
      const next = (this.#members.size + 1) as MemberId;
      if (member !== next) {
        this.#ground.find(
          "MemberNumberWrong",
          `An applicant was given number ${member}, and ${next} is next.`,
          {
            member,
            expected: String(next),
            found: String(member),
          },
        );
      }
      const text = decodeIsil(bytes);
      if (!isIsil(text)) {
        this.#ground.find("IsilInvalid", `Member ${member} applied as "${text}".`, { member, found: text });
      }
      const months = { since: 0, until: 0, tierSince: 0, tier, priorTier: tier, choosy: false };
      this.#members.set(member, {
        ...{ id: member, isil: text, state: "applied", kind, constituency, region, payee },
        ...months,
      });
      this.announcements.applied(member, payee);
    },
    MemberAdmitted: ({ member, since }) => {
      const one = this.#in(member, ["applied"], "admitted");
      if (one === undefined) return;
      this.#checkMonth(member, since, "began");
      const holder = this.#holders.get(one.isil.toUpperCase());
      if (holder !== undefined) {
        const message = `Member ${member} was admitted as ${one.isil}, which member ${holder} holds.`;
        this.#ground.find("IsilTaken", message, { member, found: one.isil });
      }
      this.#holders.set(one.isil.toUpperCase(), member);
      Object.assign(one, { state: "admitted", since, tierSince: since });
      this.#changed(member);
    },
    MemberSuspended: ({ member, until }) => {
      const one = this.#in(member, ["admitted"], "suspended");
      if (one === undefined) return;
      this.#checkMonth(member, until, "ended");
      Object.assign(one, { state: "suspended", until });
      this.#changed(member);
    },
    MemberReinstated: ({ member }) => {
      const one = this.#in(member, ["suspended"], "reinstated");
      if (one === undefined) return;
      Object.assign(one, { state: "admitted", until: 0 });
      this.#changed(member);
    },
    MemberLeft: ({ member, until }) => {
      const one = this.#in(member, ["applied", "admitted", "suspended"], "said to have left");
      if (one === undefined) return;
      if (one.state === "suspended") {
        if (until !== one.until) this.#wrongMonth(member, until, "ended", one.until);
      } else this.#checkMonth(member, until, "ended");
      if (this.#holders.get(one.isil.toUpperCase()) === member) this.#holders.delete(one.isil.toUpperCase());
      Object.assign(one, { state: "left", until });
      this.#changed(member);
    },
    MemberClassified: ({ member, constituency, region }) => {
      const one = this.#known(member);
      if (one === undefined) return;
      Object.assign(one, { constituency, region });
      this.#changed(member);
    },
    TierScheduled: ({ member, tier, from }) => {
      const one = this.#in(member, ["admitted"], "given a tier");
      if (one === undefined) return;
      const next = this.#ground.month + 1;
      if (from !== next) this.#wrongMonth(member, from, "gets its tier", next);
      if (from < one.tierSince + POSTING_WINDOW + 1) {
        const message = `Member ${member} gets tier ${tier} in ${tell.month(from)}, and its last tier began in ${tell.month(one.tierSince)}.`;
        this.#ground.find("TierTooSoon", message, { member });
      }
      Object.assign(one, { priorTier: one.tier, tier, tierSince: from });
      this.#changed(member);
    },
    KeySet: ({ member, key, rights }) => {
      this.#known(member);
      if (rights > ALL_RIGHTS) {
        this.#ground.find("RightsInvalid", `Key ${key} of member ${member} got rights ${rights}.`, {
          member,
        });
      }
      this.keys.set(member, key, rights, this.#ground.position, this.#ground.now);
    },
    BallotsVoided: ({ member, key, ballots }) => {
      if (this.#known(member) === undefined) return;
      const expected = this.keys.voidBallots(member, key, this.#ground.position);
      if (ballots === expected) return;
      const message = `The nonce of a key's ballots of member ${member} became ${ballots}, and ${expected} is next.`;
      const figures = { expected: String(expected), found: String(ballots) };
      this.#ground.find("NonceWrong", message, { member, ...figures });
    },
    PayeeSet: ({ member, payee }) => {
      const one = this.#known(member);
      if (one === undefined) return;
      this.announcements.setPayee(member, payee);
      one.payee = payee;
    },
    PayeeAnnounced: ({ member, payee, readyAt }) => {
      if (this.#known(member) !== undefined) this.announcements.announcePayee(member, payee, readyAt);
    },
    RekeyAnnounced: ({ member, key, readyAt }) => {
      if (this.#known(member) !== undefined) this.announcements.announceKey(member, key, readyAt);
    },
    LedgerBound: ({ ledger }) => {
      this.#bound = ledger === this.#ledger;
    },
  };

  /** What the ledger copied of a membership. */
  synced(member: MemberId, copied: Terms): void {
    this.#untold.delete(member);
    const one = this.#known(member);
    if (one === undefined) return;
    // The reserved accounts have no event of their own: their first copy tells when they began.
    if (member < FIRST_MEMBER && one.since === 0) one.since = copied.since;
    const differs = (Object.keys(copied) as (keyof Terms)[]).filter((name) => one[name] !== copied[name]);
    if (differs.length === 0) return;
    const spell = (terms: Terms): string => differs.map((name) => `${name} ${terms[name]}`).join(", ");
    this.#ground.find("SyncWrong", `The ledger copied ${spell(copied)} for member ${member}.`, {
      member,
      expected: spell(one),
      found: spell(copied),
    });
  }

  /** Ends a transaction: by now the ledger was told of every change. */
  endTransaction(): void {
    for (const member of this.#untold) {
      const message = `The membership of member ${member} changed and the ledger logged no copy of it.`;
      this.#ground.find("SyncMissing", message, { member });
    }
    this.#untold.clear();
  }

  #becomeChoosy(member: MemberId): void {
    const one = this.#known(member);
    if (one === undefined || one.choosy) return;
    one.choosy = true;
    this.#changed(member);
  }

  #changed(member: MemberId): void {
    if (this.#bound) this.#untold.add(member);
  }

  #checkMonth(member: MemberId, month: number, what: string): void {
    if (month !== this.#ground.month) this.#wrongMonth(member, month, what, this.#ground.month);
  }

  #wrongMonth(member: MemberId, found: number, what: string, expected: number): void {
    const message = `Member ${member} ${what} in ${tell.month(found)} instead of ${tell.month(expected)}.`;
    this.#ground.find("MembershipMonthWrong", message, {
      member,
      expected: tell.month(expected),
      found: tell.month(found),
    });
  }

  #in(member: MemberId, states: readonly MembershipState[], became: string): Member | undefined {
    const one = this.#known(member);
    if (one !== undefined && (member < FIRST_MEMBER || !states.includes(one.state))) {
      const message = `Member ${member} was ${became}, and it was ${one.state}.`;
      this.#ground.find("MembershipImpossible", message, { member, found: one.state });
    }
    return one;
  }

  #known(member: MemberId): Member | undefined {
    const one = this.#members.get(member);
    if (one === undefined) {
      this.#ground.find("MemberUnknown", `Nobody ever applied under number ${member}.`, { member });
    }
    return one;
  }
}

function isIsil(text: string): boolean {
  try {
    return isil(text) === text;
  } catch (error) {
    if (error instanceof ConsortiaError) return false;
    throw error;
  }
}
