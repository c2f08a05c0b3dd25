import type { MemberId } from "../../core/ids.ts";
import type { FindingCode } from "../codes.ts";
import { tell, type Ground } from "./ground.ts";

export interface CreditEvents {
  Transfer: { from: string; to: string; value: bigint };
  CreditCommitted: { member: MemberId; amount: bigint };
  CommitmentReleased: { member: MemberId; amount: bigint };
  PaymentConfirmed: { member: MemberId; amount: bigint; payment: string };
  RedemptionOpened: { redemption: number; holder: string; amount: bigint; instruction: string };
  RedemptionConfirmed: { redemption: number; amount: bigint; payment: string };
}

/** Credits that were burnt and that the bank has not paid out yet. */
export interface OpenRedemption {
  readonly holder: string;
  readonly amount: bigint;
  readonly instruction: string;
}

const NOBODY = `0x${"0".repeat(40)}`;
const NO_PAYMENT = `0x${"0".repeat(64)}`;

/** The consortium's own settlement asset: what backs it. Twin of contracts/CreditToken.sol. */
export class CreditFold {
  readonly commitments = new Map<MemberId, bigint>();
  /** By number, from 1 on; undefined once the bank paid. */
  readonly redemptions: (OpenRedemption | undefined)[] = [];
  supply = 0n;
  committed = 0n;
  received = 0n;
  redeeming = 0n;
  readonly #ground: Ground;
  readonly #payments = new Set<string>();
  /** Burnt in this transaction, and no redemption says for whom yet. */
  #burnt: { readonly holder: string; readonly amount: bigint }[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  readonly handlers: { [K in keyof CreditEvents]: (event: CreditEvents[K]) => void } = {
    Transfer: ({ from, to, value }) => {
      if (from === NOBODY) {
        this.supply += value;
        this.#checkBacked(`Credits of ${tell.amount(value)} were issued`);
      }
      if (to !== NOBODY) return;
      this.supply -= value;
      this.#burnt.push({ holder: from, amount: value });
    },
    CreditCommitted: ({ member, amount }) => {
      this.commitments.set(member, this.commitmentOf(member) + amount);
      this.committed += amount;
    },
    CommitmentReleased: ({ member, amount }) => {
      const commitment = this.commitmentOf(member);
      if (amount > commitment) {
        const what = `Member ${member} was let off ${tell.amount(amount)}`;
        this.#find("CreditWrong", what, tell.amount(commitment), tell.amount(amount), member);
      }
      const released = amount < commitment ? amount : commitment;
      this.commitments.set(member, commitment - released);
      this.committed -= released;
      this.#checkBacked(`Member ${member} was let off ${tell.amount(amount)}`);
    },
    PaymentConfirmed: ({ member, amount, payment }) => {
      this.#spend(payment, `A payment of member ${member}`);
      const commitment = this.commitmentOf(member);
      const kept = amount < commitment ? amount : commitment;
      this.commitments.set(member, commitment - kept);
      this.committed -= kept;
      this.received += amount;
    },
    RedemptionOpened: ({ redemption, holder, amount, instruction }) => {
      const next = this.redemptions.length + 1;
      const burnt = this.#burnt.shift();
      if (redemption !== next || amount === 0n || burnt?.holder !== holder || burnt.amount !== amount) {
        const found = `number ${redemption}, ${tell.amount(amount)} of ${holder}`;
        const expected = `number ${next}, ${tell.amount(burnt?.amount ?? 0n)} of ${burnt?.holder ?? "nobody"}`;
        this.#find("CreditWrong", `A redemption was opened: ${found}`, expected, found);
      }
      this.redemptions.push({ holder, amount, instruction });
      this.redeeming += amount;
    },
    RedemptionConfirmed: ({ redemption, amount, payment }) => {
      const open = this.redemptions[redemption - 1];
      this.#spend(payment, `Redemption ${redemption}`);
      if (open?.amount !== amount || amount > this.received) {
        const what = `Redemption ${redemption} was paid with ${tell.amount(amount)} of ${tell.amount(this.received)} received`;
        this.#find("CreditWrong", what, tell.amount(open?.amount ?? 0n), tell.amount(amount));
      }
      if (open === undefined) return;
      this.redemptions[redemption - 1] = undefined;
      this.redeeming -= open.amount;
      this.received -= amount;
    },
  };

  commitmentOf(member: MemberId): bigint {
    return this.commitments.get(member) ?? 0n;
  }

  /** Ends a transaction: whoever burnt credits waits for the bank. */
  endTransaction(): void {
    for (const { holder, amount } of this.#burnt) {
      const what = `${holder} burnt ${tell.amount(amount)}, and no redemption was opened for it`;
      this.#find("CreditWrong", what, "a redemption", "none");
    }
    this.#burnt = [];
  }

  /** What is owed to holders, burnt or not, is committed or paid in. */
  #checkBacked(what: string): void {
    const [owed, backing] = [this.supply + this.redeeming, this.committed + this.received];
    if (owed <= backing) return;
    const figures = [tell.amount(backing), tell.amount(owed)] as const;
    this.#find("CreditUnbacked", `${what}, and ${figures[1]} is owed on ${figures[0]}`, ...figures);
  }

  /** A payment has a reference, and counts once. */
  #spend(payment: string, what: string): void {
    if (payment === NO_PAYMENT || this.#payments.has(payment)) {
      this.#find(
        "CreditPaymentRepeated",
        `${what} was confirmed by ${payment}`,
        "a reference of its own",
        payment,
      );
    }
    this.#payments.add(payment);
  }

  #find(code: FindingCode, what: string, expected: string, found: string, member?: MemberId): void {
    const details = { expected, found, ...(member === undefined ? {} : { member }) };
    this.#ground.find(code, `${what}.`, details);
  }
}
