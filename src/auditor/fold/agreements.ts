import { AGREEMENT_MEMBERS, AGREEMENT_PRICES, Agreements, type Agreement } from "../../core/agreements.ts";
import { FIRST_MEMBER, type MemberId } from "../../core/ids.ts";
import { POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import type { FindingCode } from "../codes.ts";
import type { Place } from "../finding.ts";
import { tell, type Ground } from "./ground.ts";
import type { Member } from "./membership.ts";

export interface AgreementEvents {
  AgreementMade: { agreement: number; terms: Agreement };
  AgreementEnded: { agreement: number; by: MemberId; last: PeriodId };
}

/** An agreement that was made: its signatures are in no log, so they are looked for in its transaction. */
export interface MadeAgreement {
  readonly agreement: number;
  readonly terms: Agreement;
  readonly place: Place;
  /** Counts logs: a key's rights are judged as of this one. */
  readonly position: number;
}

/** How many agreements of a pair, or of a member in groups, can wait, run or still be posted. */
const LIMIT = 8;

/** Who agreed with whom on what, since when. Twin of contracts/register/Agreements.sol. */
export class AgreementsFold {
  readonly agreements = new Agreements();
  /** By number, from 1 on. */
  readonly list: MadeAgreement[] = [];
  readonly #ground: Ground;
  readonly #memberOf: (member: MemberId) => Member | undefined;
  /** Told of members that agreed on something: the ledger asks about them from now on. */
  readonly #agreed: (member: MemberId) => void;
  readonly #known = new Set<string>();
  /** Agreements by whose limit they count to. */
  readonly #byParty = new Map<string, MadeAgreement[]>();

  constructor(
    ground: Ground,
    memberOf: (member: MemberId) => Member | undefined,
    agreed: (member: MemberId) => void,
  ) {
    this.#ground = ground;
    this.#memberOf = memberOf;
    this.#agreed = agreed;
  }

  readonly handlers: { [K in keyof AgreementEvents]: (event: AgreementEvents[K]) => void } = {
    AgreementMade: ({ agreement, terms }) => {
      const next = this.list.length + 1;
      const find = (code: FindingCode, what: string, figures = {}): void => {
        this.#ground.find(code, `Agreement ${agreement} ${what}.`, figures);
      };
      if (agreement !== next) {
        const figures = { expected: String(next), found: String(agreement) };
        find("AgreementInvalid", `was made out of turn: ${next} is next`, figures);
      }
      const wrong = this.#wrongMembers(terms) ?? wrongPrices(terms);
      if (wrong !== undefined) find("AgreementInvalid", wrong);
      const given = terms.prices.find(({ price, back }) => (price === 0n) !== (back === 0n));
      if (given !== undefined) {
        find("AgreementOneSided", `gives service ${given.service} free in one direction alone`);
      }
      this.#checkMonths(terms, find);
      const text = spell(terms);
      if (this.#known.has(text)) find("AgreementRepeated", "is one that was made before");
      this.#known.add(text);
      const { place, position } = this.#ground;
      if (this.#crowded(terms)) find("AgreementInvalid", `is more than the ${LIMIT} that can run at once`);
      const made = { agreement: next, terms, place: { ...place }, position };
      this.list.push(made);
      for (const party of parties(terms.members)) {
        this.#byParty.set(party, [...(this.#byParty.get(party) ?? []), made]);
      }
      this.agreements.make(next, terms);
      for (const member of terms.members) this.#agreed(member);
    },
    AgreementEnded: ({ agreement, by, last }) => {
      const one = this.list[agreement - 1];
      if (one === undefined) {
        const message = `Agreement ${agreement} was ended, and nobody made it.`;
        this.#ground.find("AgreementUnknown", message, { member: by, found: String(agreement) });
        return;
      }
      if (!one.terms.members.includes(by)) {
        const message = `Agreement ${agreement} was ended by member ${by}, which is no party.`;
        this.#ground.find("AgreementForeign", message, { member: by });
      }
      const { month } = this.#ground;
      const until = this.#untilOf(one);
      const due = until === 0 || month < until ? month : until;
      if (last !== due) {
        const figures = { expected: tell.month(due), found: tell.month(last) };
        const message = `Agreement ${agreement} was ended with ${figures.found} instead of ${figures.expected}.`;
        this.#ground.find("AgreementUntimely", message, { member: by, ...figures });
      }
      this.agreements.end(agreement, due);
    },
  };

  #wrongMembers({ members }: Agreement): string | undefined {
    if (members.length < 2 || members.length > AGREEMENT_MEMBERS) return `is of ${members.length}`;
    const disordered = members.some((member, i) => i > 0 && member <= members[i - 1]!);
    if (disordered) return "does not name its members in order";
    const stranger = members.find(
      (member) => member < FIRST_MEMBER || this.#memberOf(member)?.state !== "admitted",
    );
    return stranger === undefined ? undefined : `names account ${stranger}, which is no admitted member`;
  }

  #checkMonths(
    { from, until }: Agreement,
    find: (code: FindingCode, what: string, figures: object) => void,
  ): void {
    const { month } = this.#ground;
    if (from > month && (until === 0 || until >= from)) return;
    const figures = { expected: tell.month(month + 1), found: tell.month(from) };
    const end = until === 0 ? "" : ` to ${tell.month(until)}`;
    find("AgreementUntimely", `holds from ${figures.found}${end}`, figures);
  }

  /** The last month that an agreement holds in by now; zero without end. */
  #untilOf({ agreement, terms }: MadeAgreement): PeriodId | 0 {
    return this.agreements.termsOf(agreement)?.until ?? terms.until;
  }

  /** Whether a pair, or a member in groups, has as many agreements as it can. */
  #crowded({ members }: Agreement): boolean {
    const first = this.#ground.month - POSTING_WINDOW;
    return parties(members).some((party) => {
      const alive = (this.#byParty.get(party) ?? []).filter((one) => {
        const until = this.#untilOf(one);
        return until === 0 || (until >= first && until >= one.terms.from);
      });
      return alive.length >= LIMIT;
    });
  }
}

/** Whose limit an agreement counts to: that of two members together, or in a group that of each. */
function parties(members: readonly MemberId[]): string[] {
  return members.length === 2 ? [members.join()] : members.map(String);
}

function wrongPrices({ members, prices }: Agreement): string | undefined {
  if (prices.length === 0 || prices.length > AGREEMENT_PRICES) return `has ${prices.length} prices`;
  const disordered = prices.some(
    ({ service }, i) => service === 0 || (i > 0 && service <= prices[i - 1]!.service),
  );
  if (disordered) return "does not price its services in order";
  const uneven = members.length > 2 ? prices.find(({ price, back }) => price !== back) : undefined;
  return uneven === undefined ? undefined : `prices service ${uneven.service} unevenly in a group`;
}

function spell({ members, from, until, prices, document }: Agreement): string {
  const priced = prices.map(({ service, price, back }) => `${service}:${price}:${back}`);
  return [members.join(), from, until, priced.join(), document].join("/");
}
