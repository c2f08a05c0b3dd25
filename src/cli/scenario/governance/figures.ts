import type { BaseContract, Result } from "ethers";
import { readLogs } from "../../../chain/events.ts";
import { verifyRights, type RightsReport } from "../../../sdk/handedOver.ts";
import type { Consortium } from "../../../sdk/consortium.ts";
import type { Polity } from "./polity.ts";

/** What a year of governance came to, counted from the chain's state and logs. */
export interface Figures {
  /** Seats of the Council and of the Board that somebody holds. */
  readonly seats: number;
  readonly trustees: number;
  /** Acts of the Board that the Council stopped; what chambers executed; amendments in force. */
  readonly vetoed: number;
  readonly executed: number;
  readonly amended: number;
  /** Terms that a petition ended, with somebody else in the seat since. */
  readonly recalled: number;
  readonly deployerRights: number;
  /** What differs from the rights that a consortium in its members' hands has. */
  readonly violations: number;
  /** Applicants that turned to the authority. */
  readonly appeals: number;
  readonly pauses: number;
  readonly petitions: number;
  /** Who became a member after the handover, by vote or on appeal. */
  readonly admitted: number;
  /** Elections that were counted, and ballots that counted in elections and chambers. */
  readonly elections: number;
  readonly ballots: number;
}

interface Event {
  readonly args: Result;
  readonly tx: string;
}

/** Reads what the year came to, with whoever still has a right. */
export async function countYear(polity: Polity): Promise<Figures> {
  const { relay } = polity;
  const { governance, ledger } = relay.contracts;
  const { council, board, assembly, councilElections, boardElections, amendments, admissions } = governance;
  const logs = (contract: BaseContract, ...names: string[]) => eventsOf(relay, contract, names);
  const number = async (contract: BaseContract, ...names: string[]) =>
    (await logs(contract, ...names)).length;
  const sum = async (contracts: readonly BaseContract[], name: string) =>
    (await Promise.all(contracts.map((one) => number(one, name)))).reduce((all, one) => all + one, 0);

  const bodies = [councilElections, boardElections];
  const houses = [council, board, assembly];
  const cast = await Promise.all([...bodies, ...houses].map((one) => logs(one, "BallotsCast")));
  const rights: RightsReport = await verifyRights(relay);
  return {
    seats: (await polity.sitting("council")).length,
    trustees: (await polity.sitting("board")).length,
    vetoed: await vetoed(relay),
    executed: await sum(houses, "ProposalExecuted"),
    amended: await number(amendments, "AmendmentExecuted"),
    recalled: await recalled(relay),
    deployerRights: rights.deployerRights,
    violations: rights.violations.length,
    appeals: await number(admissions, "ApplicationAppealed"),
    pauses: await number(ledger, "PostingPaused"),
    petitions: await sum(houses, "PetitionFiled"),
    admitted: await number(admissions, "ApplicationAccepted", "ApplicationAcceptedOnAppeal"),
    elections: await sum(bodies, "ElectionCounted"),
    ballots: cast.flat().reduce((all, { args }) => all + bits(args.counted as bigint), 0),
  };
}

/** Acts that were scheduled together, of which one at least was canceled before its time. */
async function vetoed(consortium: Consortium): Promise<number> {
  const { charter } = consortium.contracts;
  const key = ({ args }: Event) => `${String(args.operationId)} ${String(args.nonce)}`;
  const scheduled = await eventsOf(consortium, charter, ["OperationScheduled"]);
  const transactions = new Map(scheduled.map((event) => [key(event), event.tx]));
  const canceled = await eventsOf(consortium, charter, ["OperationCanceled"]);
  return new Set(canceled.map((event) => transactions.get(key(event)))).size;
}

/** Terms ended by petition in the Council, where another delegate sits now. */
async function recalled(consortium: Consortium): Promise<number> {
  const { councilSeats } = consortium.contracts.governance;
  const ended = await eventsOf(consortium, councilSeats, ["TermEnded"]);
  const replaced = ended.map(async ({ args }) => {
    const { delegate } = await councilSeats.seatOf(args.constituency as bigint, args.seat as bigint);
    return delegate !== 0n && delegate !== (args.delegate as bigint);
  });
  return (await Promise.all(replaced)).filter((one) => one).length;
}

async function eventsOf(
  { provider, deployment }: Consortium,
  contract: BaseContract,
  names: readonly string[],
): Promise<Event[]> {
  const topics = [names.map((name) => contract.interface.getEvent(name)?.topicHash ?? "")];
  const toBlock = await provider.getBlockNumber();
  const range = { address: await contract.getAddress(), topics, fromBlock: deployment.fromBlock, toBlock };
  const found: Event[] = [];
  for await (const log of readLogs(provider, range)) {
    const event = contract.interface.parseLog(log);
    if (event !== null) found.push({ args: event.args, tx: log.transactionHash });
  }
  return found;
}

function bits(mask: bigint): number {
  return mask.toString(2).replaceAll("0", "").length;
}
