import { ZeroHash, type BaseContract } from "ethers";
import type { Body, House } from "../chain/ballotSigning.ts";
import { hash } from "../core/ids.ts";
import type { Hash } from "../core/ids.ts";
import { voterOf, type VoterNamed } from "../core/voter.ts";
import type { AmendmentBody } from "./amendments.ts";
import type { Consortium } from "./consortium.ts";
import { electionsOf } from "./elections.ts";
import { readEvents, type Logged } from "./log.ts";
import { chamberOf, type Motion, type ProposalOf } from "./proposals.ts";
import type { PreparedCall } from "./verb.ts";

/** A proposal as it was put. */
export interface PutMotion extends Motion, ProposalOf {
  /** Who put it; undefined where a petition or another chamber did. */
  readonly proposer?: VoterNamed;
  readonly block: number;
}

/** Every proposal that was ever put to a house, in the order of the chain. */
export async function readMotions(consortium: Consortium, house: House): Promise<PutMotion[]> {
  const events = await eventsOf(consortium, chamberOf(consortium, house), "ProposalCreated");
  return events.map(({ args, block }) => {
    const proposer = voterOf(String(args.proposer));
    return {
      ...{ house, proposal: args.proposalId as bigint, block },
      calls: callsIn(args.targets as string[], args.calldatas as string[]),
      description: String(args.description),
      ...(proposer === undefined ? {} : { proposer }),
    };
  });
}

/** An amendment as it was proposed. */
export interface PutAmendment extends AmendmentBody {
  readonly amendment: Hash;
  readonly block: number;
}

/** Every amendment that was ever proposed, each once, in the order of the chain. */
export async function readAmendments(consortium: Consortium): Promise<PutAmendment[]> {
  const { amendments } = consortium.contracts.governance;
  const events = await eventsOf(consortium, amendments, "AmendmentProposed");
  const put = events.map(({ args, block }): [Hash, PutAmendment] => {
    const [amendment, text] = [hash(String(args.amendment)), hash(String(args.text))];
    const calls = callsIn(args.targets as string[], args.calldatas as string[]);
    return [amendment, { amendment, calls, block, ...(text === ZeroHash ? {} : { text }) }];
  });
  return [...new Map(put).values()];
}

/** The constituencies that elect a body, ascending, as far as they fill seats. */
export async function readConstituencies(consortium: Consortium, body: Body): Promise<number[]> {
  const events = await eventsOf(consortium, electionsOf(consortium, body), "ConstituencySet");
  const seats = new Map(events.map(({ args }) => [Number(args.constituency), Number(args.seats)]));
  return [...seats]
    .flatMap(([constituency, filled]) => (filled > 0 ? [constituency] : []))
    .sort((a, b) => a - b);
}

/** A contract's events of one name, in the order of the chain. */
async function eventsOf(consortium: Consortium, contract: BaseContract, name: string): Promise<Logged[]> {
  return readEvents(consortium, contract, { filter: contract.getEvent(name)() });
}

function callsIn(targets: readonly string[], calldatas: readonly string[]): PreparedCall[] {
  return targets.map((to, index) => ({ to, data: calldatas[index] ?? "0x" }));
}
