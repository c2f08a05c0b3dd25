import type { Signer, TransactionReceipt } from "ethers";
import { signDispute } from "../chain/signing.ts";
import type { DisputeOrder } from "../chain/signing.ts";
import { hash } from "../core/ids.ts";
import type { Hash } from "../core/ids.ts";
import { encodeAlone } from "../core/statement.ts";
import type { Signature } from "../core/statement.ts";
import type { Consortium } from "./consortium.ts";
import { verb } from "./verb.ts";

/** A list of claims with the consumer's order that anyone may dispute them until a deadline. */
export interface RelayedDispute extends DisputeOrder {
  readonly order: Signature;
}

/** What a dispute reached. */
export interface Disputed {
  readonly receipt: TransactionReceipt;
  readonly disputed: readonly Hash[];
}

const dispute = verb<Omit<DisputeOrder, "deadline">>((c, a) =>
  c.contracts.claims.dispute.populateTransaction(a.consumer, [...a.claims]),
);
const disputeFor = verb<RelayedDispute>((c, a) =>
  c.contracts.claims.disputeFor.populateTransaction(
    a.consumer,
    [...a.claims],
    a.deadline,
    encodeAlone(a.order),
  ),
);

/** Disputes claims; one that ended or whose window is over is passed over. A countersigning key of the consumer. */
export const prepareDispute = dispute.prepare;
export async function sendDispute(
  consortium: Consortium,
  input: Omit<DisputeOrder, "deadline">,
): Promise<Disputed> {
  return disputedIn(consortium, await dispute.send(consortium, input));
}

/** Disputes claims as their consumer ordered; it needs no native coin. Anyone. */
export const prepareDisputeFor = disputeFor.prepare;
export async function sendDisputeFor(consortium: Consortium, input: RelayedDispute): Promise<Disputed> {
  return disputedIn(consortium, await disputeFor.send(consortium, input));
}

/** Orders claims to be disputed by anyone until a deadline, as the consumer. */
export async function orderDispute(
  consortium: Consortium,
  signer: Signer,
  input: DisputeOrder,
): Promise<RelayedDispute> {
  return { ...input, order: await signDispute(signer, consortium.domain, input) };
}

function disputedIn({ contracts: { claims } }: Consortium, receipt: TransactionReceipt): Disputed {
  const events = receipt.logs.map((log) => claims.interface.parseLog(log));
  const disputed = events.flatMap((event) =>
    event?.name === "ClaimDisputed" ? [hash(event.args.claim as string)] : [],
  );
  return { receipt, disputed };
}
