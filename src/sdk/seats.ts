import type { TransactionReceipt } from "ethers";
import type { Body } from "../chain/ballotSigning.ts";
import { countedOf, encodeSignatories } from "../core/ballot.ts";
import type { Holding, Signed } from "../core/ballot.ts";
import { delegateId } from "../core/ids.ts";
import type { DelegateId } from "../core/ids.ts";
import type { Seats } from "../chain/types/index.ts";
import type { Consortium } from "./consortium.ts";
import { electionsOf } from "./elections.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** One seat of a body. */
export interface SeatOf {
  readonly body: Body;
  readonly constituency: number;
  readonly seat: number;
}

/** A body's seats. */
export function seatsOf({ contracts: { governance } }: Consortium, body: Body): Seats {
  return governance[`${body}Seats`];
}

/** Gives a seat up. Its holder's key. */
export const { prepare: prepareResignation, send: sendResignation } = verb<SeatOf>((c, a) =>
  seatsOf(c, a.body).resign.populateTransaction(a.constituency, a.seat),
);

/** Signatures of a petition that ends a seat's term, 256 at the most. */
export interface SeatRecall extends SeatOf {
  readonly signatures: readonly Signed[];
}

const recall = verb<SeatRecall>((c, a) =>
  electionsOf(c, a.body).recall.populateTransaction(a.constituency, a.seat, encodeSignatories(a.signatures)),
);
/** Hands in signatures against a seat's holder. Anyone; one that is not good is left out. */
export const prepareSeatRecall = recall.prepare;

/** Hands in signatures and returns those that counted. */
export async function sendSeatRecall(
  consortium: Consortium,
  input: SeatRecall,
): Promise<{ counted: readonly Signed[]; receipt: TransactionReceipt }> {
  const receipt = await recall.send(consortium, input);
  const { args } = eventOf(electionsOf(consortium, input.body), receipt, "RecallSigned");
  return { counted: countedOf(input.signatures, args.counted as bigint), receipt };
}

/** A seat as it is now; times in seconds since 1970. */
export interface Seat extends SeatOf {
  /** Who holds it; undefined while it is vacant. */
  readonly delegate?: DelegateId;
  readonly since: number;
  /** When it falls due; its holder stays until an election has ended. */
  readonly until: number;
  /** Whether its holder was put there at the foundation. */
  readonly founding: boolean;
}

export async function readSeat(consortium: Consortium, { body, constituency, seat }: SeatOf): Promise<Seat> {
  const held = await read(seatsOf(consortium, body).seatOf(constituency, seat));
  return {
    body,
    constituency,
    seat,
    ...(held.delegate === 0n ? {} : { delegate: delegateId(Number(held.delegate)) }),
    since: Number(held.since),
    until: Number(held.until),
    founding: held.founding,
  };
}

/** Every seat of a constituency. */
export async function listSeats(
  consortium: Consortium,
  { body, constituency }: { body: Body; constituency: number },
): Promise<Seat[]> {
  const { seats } = await read(electionsOf(consortium, body).constituencyOf(constituency));
  const places = Array.from({ length: Number(seats) }, (_, seat) => ({ body, constituency, seat }));
  return Promise.all(places.map((place) => readSeat(consortium, place)));
}

/** Where a delegate sits, or undefined where it sits nowhere in a body. */
export async function findSeat(
  consortium: Consortium,
  body: Body,
  delegate: DelegateId,
): Promise<SeatOf | undefined> {
  const [sits, constituency, seat] = await read(seatsOf(consortium, body).placeOf(delegate));
  return sits ? { body, constituency: Number(constituency), seat: Number(seat) } : undefined;
}

/** What a signature against a seat's holder names. Undefined while the seat is vacant. */
export function holdingOf({ constituency, seat, delegate, since }: Seat): Holding | undefined {
  return delegate === undefined ? undefined : { constituency, seat, delegate, since };
}
