import type { MemberId } from "../../../core/ids.ts";
import { FIRST_MEMBER } from "../../../core/ids.ts";
import type { AdmissionsSite } from "../../chain/governance.ts";
import type { FindingCode } from "../../codes.ts";
import { tell } from "../ground.ts";
import type { FoldState } from "../state.ts";
import { callOf, type Acts } from "./acts.ts";

export interface AdmissionEvents {
  ApplicationSponsored: { applicant: MemberId; sponsor: MemberId; readyAt: bigint };
  ApplicationAccepted: { applicant: MemberId };
  ApplicationRejected: { applicant: MemberId };
  ApplicationAppealed: { applicant: MemberId };
  ApplicationAcceptedOnAppeal: { applicant: MemberId; used: bigint; allowance: bigint };
}

export const APPLICATION_STAGES = ["unsponsored", "waiting", "rejected", "appealed", "admitted"] as const;

/** Where an application stands. */
export interface ApplicationState {
  readonly applicant: MemberId;
  first: number;
  second: number;
  /** From when it can be admitted; zero without both sponsors. */
  readyAt: number;
  stage: (typeof APPLICATION_STAGES)[number];
}

interface Yearly {
  year: number;
  used: number;
  allowance: number;
}

const AUTHORITY_BPS = 200;
const WHOLE = 10_000;

/** Who may become a member. Twin of contracts/governance/Admissions.sol. */
export class AdmissionsFold {
  readonly address: string;
  readonly #state: FoldState;
  readonly #site: AdmissionsSite;
  readonly #acts: Acts;
  readonly #applications = new Map<MemberId, ApplicationState>();
  readonly #sponsored = new Map<MemberId, Yearly>();
  #authority: Yearly = { year: 0, used: 0, allowance: 0 };

  constructor(state: FoldState, site: AdmissionsSite, acts: Acts) {
    this.#state = state;
    this.#site = site;
    this.address = site.address;
    this.#acts = acts;
  }

  readonly handlers: { [K in keyof AdmissionEvents]: (event: AdmissionEvents[K]) => void } = {
    ApplicationSponsored: ({ applicant, sponsor, readyAt }) => {
      const { now } = this.#state.ground;
      const one = this.#applying(applicant, ["unsponsored"], "sponsored");
      this.#checkSponsor(one, sponsor);
      const second = one.first !== 0;
      const due = second ? now + this.#site.waiting : 0;
      if (readyAt !== BigInt(due)) {
        const figures = { expected: String(due), found: String(readyAt) };
        this.#find("ApplicationWrong", applicant, `it waits until ${figures.found}`, figures);
      }
      if (second) Object.assign(one, { second: sponsor, stage: "waiting" });
      else one.first = sponsor;
      one.readyAt = Number(readyAt);
    },
    ApplicationAccepted: ({ applicant }) => {
      const one = this.#applying(applicant, ["waiting", "rejected", "appealed"], "admitted");
      this.#checkTime(one, one.readyAt, "admitted");
      this.#acts.need(this.#decision("admit(uint32)", applicant, "accepted"));
      this.#admit(one);
    },
    ApplicationRejected: ({ applicant }) => {
      const one = this.#applying(applicant, ["waiting"], "rejected");
      this.#acts.need(this.#decision("reject(uint32)", applicant, "rejected"));
      one.stage = "rejected";
    },
    ApplicationAppealed: ({ applicant }) => {
      const one = this.#applying(applicant, ["waiting", "rejected"], "taken to the authority");
      if (one.stage === "waiting") {
        this.#checkTime(one, one.readyAt + this.#site.decision, "taken to the authority");
      }
      const tier = this.#state.register.member(applicant)?.tier ?? 0;
      if (tier < this.#site.smallTier) {
        const figures = { expected: String(this.#site.smallTier), found: String(tier) };
        this.#find("ApplicationWrong", applicant, `its tier ${tier} is none of a small library`, figures);
      }
      one.stage = "appealed";
    },
    ApplicationAcceptedOnAppeal: ({ applicant, used, allowance }) => {
      const one = this.#applying(applicant, ["appealed"], "admitted on appeal");
      this.#checkTime(one, one.readyAt, "admitted on appeal");
      this.#acts.need(this.#decision("admitOnAppeal(uint32)", applicant, "accepted on appeal"));
      const year = this.authorityYear();
      const figures = {
        expected: `${year.used + 1} of ${year.allowance}`,
        found: `${used} of ${allowance}`,
      };
      if (figures.expected !== figures.found || used > allowance) {
        this.#find("AllowanceWrong", applicant, `it is number ${figures.found} of the year`, figures);
      }
      this.#authority = { ...year, used: Number(used), allowance: Number(allowance) };
      this.#admit(one);
    },
  };

  all(): Iterable<ApplicationState> {
    return this.#applications.values();
  }

  /** What the authority did this year, and what it may: counted when it first does something. */
  authorityYear(): Yearly {
    const yearly = this.#thisYear(this.#authority);
    if (yearly.used > 0) return yearly;
    const members = this.#state.register.memberCount;
    return { ...yearly, allowance: Math.ceil((members * AUTHORITY_BPS) / WHOLE) };
  }

  #checkSponsor({ applicant, first }: ApplicationState, sponsor: MemberId): void {
    const { ground, register } = this.#state;
    const member = register.member(sponsor);
    const since = (member?.since ?? 0) + this.#site.seniority;
    if (sponsor < FIRST_MEMBER || member?.state !== "admitted" || ground.month < since) {
      this.#find("SponsorUnfit", applicant, `its sponsor, member ${sponsor}, was no member for long enough`);
    }
    if (first === sponsor) this.#find("SponsorUnfit", applicant, `member ${sponsor} sponsored it twice`);
    const yearly = this.#thisYear(this.#sponsored.get(sponsor) ?? { year: 0, used: 0, allowance: 0 });
    if (yearly.used >= this.#site.perYear) {
      const figures = { expected: String(this.#site.perYear), found: String(yearly.used + 1) };
      this.#find(
        "SponsorUnfit",
        applicant,
        `member ${sponsor} had sponsored ${yearly.used} this year`,
        figures,
      );
    }
    this.#sponsored.set(sponsor, { ...yearly, used: yearly.used + 1 });
  }

  #checkTime({ applicant }: ApplicationState, readyAt: number, became: string): void {
    const { now } = this.#state.ground;
    if (now >= readyAt) return;
    const figures = { expected: tell.time(readyAt), found: tell.time(now) };
    this.#find("ApplicationTooEarly", applicant, `it was ${became} at ${figures.found}`, figures);
  }

  #decision(verb: string, applicant: MemberId, became: string) {
    const what = `The application of member ${applicant} was ${became}`;
    return { target: this.address, verb, args: [applicant], what };
  }

  #admit(one: ApplicationState): void {
    one.stage = "admitted";
    const register = this.#state.site.register.toLowerCase();
    this.#acts.did(this.address, register, callOf("admit(uint32)", [one.applicant]));
  }

  /** An application in a stage that allows what became of it. */
  #applying(applicant: MemberId, stages: readonly string[], became: string): ApplicationState {
    let one = this.#applications.get(applicant);
    if (one === undefined) {
      one = { applicant, first: 0, second: 0, readyAt: 0, stage: "unsponsored" };
      this.#applications.set(applicant, one);
    }
    const state = this.#state.register.member(applicant)?.state ?? "unknown";
    if (state !== "applied" || !stages.includes(one.stage)) {
      const found = state === "applied" ? one.stage : state;
      this.#find("ApplicationWrong", applicant, `it was ${became}, and it was ${found}`, { found });
    }
    return one;
  }

  #thisYear(yearly: Yearly): Yearly {
    const year = Math.floor(this.#state.ground.month / 12);
    return yearly.year === year ? yearly : { year, used: 0, allowance: 0 };
  }

  #find(
    code: FindingCode,
    member: MemberId,
    why: string,
    figures: { expected?: string; found?: string } = {},
  ): void {
    this.#state.ground.find(code, `Of the application of member ${member}: ${why}.`, { member, ...figures });
  }
}
