import { Choices, REGARDS } from "../../core/choices.ts";
import type { MemberId } from "../../core/ids.ts";
import { tell, type Ground } from "./ground.ts";

export interface ChoiceEvents {
  OfferChosen: { member: MemberId; service: number; offers: boolean; from: number };
  UseChosen: { member: MemberId; service: number; uses: boolean; ceiling: bigint; from: number };
  RegardChosen: { member: MemberId; partner: MemberId; regard: number; from: number };
}

/** What members chose for themselves. Twin of contracts/register/Choices.sol. */
export class ChoicesFold {
  readonly choices = new Choices();
  readonly #ground: Ground;
  /** Told of a member that held something back. */
  readonly #restrained: (member: MemberId) => void;

  constructor(ground: Ground, restrained: (member: MemberId) => void) {
    this.#ground = ground;
    this.#restrained = restrained;
  }

  readonly handlers: { [K in keyof ChoiceEvents]: (event: ChoiceEvents[K]) => void } = {
    OfferChosen: ({ member, service, offers, from }) => {
      this.#check(member, from, this.choices.offer(member, service, offers, this.#ground.month));
      if (!offers) this.#restrained(member);
    },
    UseChosen: ({ member, service, uses, ceiling, from }) => {
      this.#check(member, from, this.choices.use(member, service, uses, ceiling, this.#ground.month));
      // Where there is no ceiling the log has the highest number.
      if (!uses || ceiling !== 2n ** 64n - 1n) this.#restrained(member);
    },
    RegardChosen: ({ member, partner, regard, from }) => {
      this.#check(member, from, this.choices.regard(member, partner, regard, this.#ground.month));
      if (REGARDS[regard] === "refused") this.#restrained(member);
    },
  };

  #check(member: MemberId, found: number, expected: number): void {
    if (found === expected) return;
    const message = `A choice of member ${member} binds from ${tell.month(found)} instead of ${tell.month(expected)}.`;
    const figures = { expected: tell.month(expected), found: tell.month(found) };
    this.#ground.find("ChoiceMonthWrong", message, { member, ...figures });
  }
}
