import type { TransactionReceipt } from "ethers";
import { memberId, type Hash, type MemberId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { assetUnits, sendIssue } from "./assets.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents } from "./log.ts";
import { read, verb } from "./verb.ts";

interface MemberAmount {
  readonly member: MemberId;
  readonly amount: Credits;
}

/** Notes what a member promised to pay: so much more can be issued. Treasurer. */
export const { prepare: prepareCommitment, send: sendCommitment } = verb<
  MemberAmount & {
    /** Hash of what the member signed. */
    readonly document: Hash;
  }
>(async (c, a) =>
  c.contracts.asset.commit.populateTransaction(a.member, await assetUnits(c, a.amount), a.document),
);

/** Lets a member off what it promised, as far as no credit hangs on it. Treasurer. */
export const { prepare: prepareCommitmentRelease, send: sendCommitmentRelease } = verb<MemberAmount>(
  async (c, a) => c.contracts.asset.release.populateTransaction(a.member, await assetUnits(c, a.amount)),
);

/** Notes what a member paid to the bank, which lowers what it still has to. Treasurer. */
export const { prepare: preparePaymentConfirmation, send: sendPaymentConfirmation } = verb<
  MemberAmount & {
    /** The bank's reference, or its hash; counts once. */
    readonly payment: Hash;
  }
>(async (c, a) =>
  c.contracts.asset.confirmPayment.populateTransaction(a.member, await assetUnits(c, a.amount), a.payment),
);

/** Notes what a member promised and issues as much. Treasurer. */
export async function issueAgainst(
  consortium: Consortium,
  { to, ...promise }: MemberAmount & { readonly to: string; readonly document: Hash },
): Promise<TransactionReceipt> {
  await sendCommitment(consortium, promise);
  return sendIssue(consortium, { to, amount: promise.amount });
}

/** What stands behind the consortium's own credits: supply + redeeming ≤ committed + received. */
export interface CreditBacking {
  readonly supply: Credits;
  /** Burnt, and not paid out by the bank yet. */
  readonly redeeming: Credits;
  /** What members promised to pay and have not paid yet. */
  readonly committed: Credits;
  /** What the bank holds: paid in, less paid out. */
  readonly received: Credits;
  /** What can still be issued. */
  readonly issuable: Credits;
}

/** What stands behind the consortium's own credits as of now. */
export async function readBacking({ contracts }: Consortium): Promise<CreditBacking> {
  const { asset } = contracts;
  const [supply, redeeming, committed, received] = await read(
    Promise.all([asset.totalSupply(), asset.redeeming(), asset.committed(), asset.received()]),
  );
  const issuable = committed + received - supply - redeeming;
  return {
    supply: credits(supply),
    redeeming: credits(redeeming),
    committed: credits(committed),
    received: credits(received),
    issuable: credits(issuable),
  };
}

/** What a member promised and paid. */
export interface Commitment {
  readonly member: MemberId;
  /** What it has promised and not paid yet. */
  readonly open: Credits;
  /** All that it ever promised, less what it was let off. */
  readonly promised: Credits;
  /** All that it ever paid to the bank. */
  readonly paid: Credits;
}

/** Everybody who ever promised or paid, by member. */
export async function listCommitments(consortium: Consortium): Promise<Commitment[]> {
  const { asset } = consortium.contracts;
  const sums = new Map<MemberId, { promised: bigint; paid: bigint }>();
  for (const { name, args } of await readEvents(consortium, asset)) {
    const sign = SIGNS[name];
    if (sign === undefined) continue;
    const member = memberId(Number(args.member));
    const before = sums.get(member) ?? { promised: 0n, paid: 0n };
    const amount = args.amount as bigint;
    sums.set(member, {
      promised: before.promised + sign.promised * amount,
      paid: before.paid + sign.paid * amount,
    });
  }
  const rows = [...sums].sort(([a], [b]) => a - b);
  return Promise.all(
    rows.map(async ([member, { promised, paid }]) => ({
      member,
      open: credits(await read(asset.commitmentOf(member))),
      promised: credits(promised),
      paid: credits(paid),
    })),
  );
}

const SIGNS: Readonly<Record<string, { readonly promised: bigint; readonly paid: bigint }>> = {
  CreditCommitted: { promised: 1n, paid: 0n },
  CommitmentReleased: { promised: -1n, paid: 0n },
  PaymentConfirmed: { promised: 0n, paid: 1n },
};
