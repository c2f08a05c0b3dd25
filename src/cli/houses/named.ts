import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { Body, House } from "../../chain/ballotSigning.ts";
import { ConsortiaError } from "../../core/error.ts";
import { delegateId } from "../../core/ids.ts";
import type { Voter } from "../../core/ids.ts";
import type { VoterSort } from "../../core/voter.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readAmendments, readMotions, type PutAmendment, type PutMotion } from "../../sdk/governanceLog.ts";
import type { SeatOf } from "../../sdk/seats.ts";
import { reading } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { oneOf } from "../terms/named.ts";

export const BODIES = ["council", "board"] as const;
export const HOUSES = ["council", "board", "assembly"] as const;

/** How a person names what stands in the log under a long number. */
export const PROPOSAL = "its number, or how that begins, from five digits on";
export const AMENDMENT = "its hash, or how that begins, such as 0x8f2a11";
/** How a person names a seat. */
export const SEAT = "constituency and seat, such as 2-0";
/** How a person names a voter. */
export const VOTER = "a member by number or ISIL; where delegates vote, a delegate's number";

export const body: (text: string) => Body = reading(oneOf(BODIES));
export const house: (text: string) => House = reading(oneOf(HOUSES));

/** Adds the option that says of which body an election or a seat is. */
export function withBody(one: Command): Command {
  return one.option("--body <body>", "council, or board", body, "council");
}

/** A seat without its body. */
export function seat(text: string): Omit<SeatOf, "body"> {
  const [, constituency, place] = /^(\d{1,5})-(\d{1,2})$/.exec(text) ?? [];
  if (constituency === undefined || place === undefined) {
    throw new InvalidArgumentError(`A seat is named by ${SEAT}.`);
  }
  return { constituency: Number(constituency), seat: Number(place) };
}

/** How a seat is called. */
export function seatName({ constituency, seat: place }: Omit<SeatOf, "body">): string {
  return `${constituency}-${place}`;
}

/** A voter as somebody named it. @throws `MemberUnknown`, `DelegateIdInvalid` */
export async function voterNamed(consortium: Consortium, sort: VoterSort, text: string): Promise<Voter> {
  return sort === "member" ? memberNamed(consortium, text) : delegateId(Number(text));
}

/**
 * A proposal as it was put, named by its number or by how that begins.
 * @throws `ProposalUnknown`; `ProposalAmbiguous` where two begin so, or two houses have the same
 */
export async function proposalNamed(consortium: Consortium, text: string, only?: House): Promise<PutMotion> {
  const houses = only === undefined ? HOUSES : [only];
  const put = (await Promise.all(houses.map((one) => readMotions(consortium, one)))).flat();
  const begun = /^\d{5,}$/.test(text) ? text : undefined;
  const found = put.filter(({ proposal }) => begun !== undefined && String(proposal).startsWith(begun));
  const [first, second] = found;
  if (first === undefined) {
    const message = `No proposal is called ${text}. Name it by ${PROPOSAL}; see "consortia proposal list".`;
    throw new ConsortiaError("ProposalUnknown", message, { values: { proposal: text } });
  }
  if (second === undefined) return first;
  const where = found.map((one) => `${one.proposal} in the ${one.house}`).join(", ");
  const message = `Proposals ${where} are called ${text}. Name more digits, or the --house.`;
  throw new ConsortiaError("ProposalAmbiguous", message, { values: { proposal: text } });
}

/** An amendment as it was proposed. @throws `AmendmentUnknown`, `AmendmentAmbiguous` */
export async function amendmentNamed(consortium: Consortium, text: string): Promise<PutAmendment> {
  const begun = /^0x[0-9a-f]{4,64}$/i.test(text) ? text.toLowerCase() : undefined;
  const found = (await readAmendments(consortium)).filter(
    ({ amendment }) => begun !== undefined && amendment.startsWith(begun),
  );
  const [first, second] = found;
  if (first === undefined) {
    const message = `No amendment is called ${text}. Name it by ${AMENDMENT}; see "consortia amendment list".`;
    throw new ConsortiaError("AmendmentUnknown", message, { values: { amendment: text } });
  }
  if (second === undefined) return first;
  const message = `${found.length} amendments begin with ${text}. Name more of the hash.`;
  throw new ConsortiaError("AmendmentAmbiguous", message, { values: { amendment: text } });
}
