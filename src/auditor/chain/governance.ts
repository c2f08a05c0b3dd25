import { Interface, type Result } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { callAll } from "./agree.ts";
import type { ChainNode } from "./node.ts";
import { readBlocks } from "./pages.ts";

/** The voice of members. */
export interface VoiceSite {
  readonly address: string;
  /** The standing that doubles a member's voice, in millionths of a credit. */
  readonly fullStanding: bigint;
}

/** The seats of a body. */
export interface SeatsSite {
  readonly address: string;
  /** The contract that numbers people. */
  readonly delegates: string;
  /** When founders' seats end, in seconds since 1970. */
  readonly foundersUntil: number;
}

/** Elections to a body's seats. */
export interface ElectionsSite {
  readonly address: string;
  /** What ballots call it (EIP-712). */
  readonly name: string;
  readonly electorate: string;
  readonly seats: string;
}

/** A house that decides by vote. */
export interface ChamberSite {
  readonly address: string;
  /** What ballots call it (EIP-712). */
  readonly name: string;
  readonly electorate: string;
  /** A contract that may propose. */
  readonly sponsor?: string;
}

/** The way in which the charter changes; times in seconds. */
export interface AmendmentsSite {
  readonly address: string;
  readonly delay: number;
  readonly grace: number;
}

/** The rules of admission; see contracts/interfaces/IAdmissions.sol. */
export interface AdmissionsSite {
  readonly address: string;
  readonly waiting: number;
  readonly decision: number;
  readonly seniority: number;
  readonly perYear: number;
  readonly smallTier: number;
}

/** The contracts by which members govern, all in lower case. */
export interface GovernanceSite {
  readonly voices: readonly VoiceSite[];
  readonly delegates: readonly string[];
  readonly seats: readonly SeatsSite[];
  readonly elections: readonly ElectionsSite[];
  readonly chambers: readonly ChamberSite[];
  readonly amendments: readonly AmendmentsSite[];
  readonly admissions: readonly AdmissionsSite[];
}

/** Where the search begins. */
export interface Known {
  readonly register: string;
  readonly charter: string;
  /** The first block that can hold a log of the charter. */
  readonly fromBlock: number;
}

const VIEWS = new Interface([
  "function roll() view returns (address)",
  "function board() view returns (address)",
  "function council() view returns (address)",
  "function boardSeats() view returns (address)",
  "function FULL_STANDING() view returns (uint256)",
  "function DELEGATES() view returns (address)",
  "function FOUNDERS_UNTIL() view returns (uint40)",
  "function elections() view returns (address)",
  "function ELECTORATE() view returns (address)",
  "function SEATS() view returns (address)",
  "function CHARTER() view returns (address)",
  "function SPONSOR() view returns (address)",
  "function DELAY() view returns (uint32)",
  "function GRACE() view returns (uint32)",
  "function terms() view returns (tuple(uint32 waiting, uint32 decision, uint8 seniority, uint8 perYear, uint8 smallTier))",
  "function eip712Domain() view returns (bytes1, string, string, uint256, address, bytes32, uint256[])",
]);
const GRANTED = new Interface([
  "event RoleGranted(uint64 indexed roleId, address indexed account, uint32 delay, uint48 since, bool newMember)",
]);
const NOBODY = `0x${"0".repeat(40)}`;
/** Roles whose holders decide by rules that logs tell; as contracts/types/Roles.sol counts them. */
const ADMIN = 0n;
const COUNCIL = 8n;
const ASSEMBLY = 9n;
const ADMITTER = 11n;

/**
 * Finds the contracts by which members govern: the chambers that the charter knows or that ever decided on amendments,
 * who votes in them and who elects those, what changes the charter and what lets members in. Undefined where the
 * charter is bound to no chambers and the register to no roll.
 * @throws `NodesDisagree`, and what reading blocks throws
 */
export async function findGovernance(
  nodes: readonly ChainNode[],
  known: Known,
  head: number,
): Promise<GovernanceSite | undefined> {
  const ask = new Asker(nodes, head);
  const [council, board] = [
    await ask.address(known.charter, "council"),
    await ask.address(known.charter, "board"),
  ];
  const roll = await ask.address(known.register, "roll");
  if (council === undefined && roll === undefined) return undefined;
  const held = await readHolders(nodes, known, head);
  const holders = (...roles: bigint[]): string[] => roles.flatMap((role) => [...(held.get(role) ?? [])]);

  const chambers = await ask.each([council, board, ...holders(COUNCIL, ASSEMBLY)], (one) => ask.chamber(one));
  const electorates = [
    roll,
    await ask.address(known.charter, "boardSeats"),
    ...chambers.map((one) => one.electorate),
  ];
  const voices = await ask.each(electorates, (one) => ask.voice(one));
  const seats = await ask.each(electorates, (one) => ask.seats(one));
  const elections = await ask.each(await ask.electionsOf(seats), (one) => ask.elections(one));
  const amendments = await ask.each(holders(ADMIN), (one) => ask.amendments(one));
  const admissions = await ask.each(holders(ADMITTER), (one) => ask.admissions(one));
  const delegates = [...new Set(seats.map((one) => one.delegates))];
  return { voices, delegates, seats, elections, chambers, amendments, admissions };
}

/** Every address of it. */
export function addressesOf(site: GovernanceSite): string[] {
  const { voices, delegates, seats, elections, chambers, amendments, admissions } = site;
  const parts = [...voices, ...seats, ...elections, ...chambers, ...amendments, ...admissions];
  return [...parts.map(({ address }) => address), ...delegates];
}

/** Whoever was ever granted one of these roles. */
async function readHolders(
  nodes: readonly ChainNode[],
  { charter, fromBlock }: Known,
  head: number,
): Promise<Map<bigint, Set<string>>> {
  const held = new Map<bigint, Set<string>>();
  const range = { nodes, addresses: [charter], fromBlock, toBlock: head, headers: "none" as const };
  for await (const { logs } of readBlocks(range)) {
    for (const { topics, data } of logs) {
      if (topics[0] !== GRANTED.getEvent("RoleGranted")?.topicHash) continue;
      const granted = GRANTED.parseLog({ topics: [...topics], data });
      const [role, account] = (granted?.args ?? []) as unknown as [bigint, string];
      const accounts = held.get(role) ?? new Set<string>();
      held.set(role, accounts.add(account.toLowerCase()));
    }
  }
  return held;
}

/** Asks contracts what they are; a contract of another kind does not answer. */
class Asker {
  readonly #nodes: readonly ChainNode[];
  readonly #head: number;

  constructor(nodes: readonly ChainNode[], head: number) {
    this.#nodes = nodes;
    this.#head = head;
  }

  /** What some contracts are, each asked once and those left out that are something else. */
  async each<T>(addresses: readonly (string | undefined)[], ask: (one: string) => Promise<T | undefined>) {
    const found: T[] = [];
    for (const address of new Set(addresses)) {
      const one = address === undefined ? undefined : await ask(address);
      if (one !== undefined) found.push(one);
    }
    return found;
  }

  async chamber(address: string): Promise<ChamberSite | undefined> {
    const [electorate, name] = [await this.address(address, "ELECTORATE"), await this.#name(address)];
    if (electorate === undefined || name === undefined) return undefined;
    const sponsor = await this.address(address, "SPONSOR");
    return { address, name, electorate, ...(sponsor === undefined ? {} : { sponsor }) };
  }

  async voice(address: string): Promise<VoiceSite | undefined> {
    const fullStanding = await this.#one<bigint>(address, "FULL_STANDING");
    return fullStanding === undefined ? undefined : { address, fullStanding };
  }

  async seats(address: string): Promise<SeatsSite | undefined> {
    const delegates = await this.address(address, "DELEGATES");
    const until = await this.#one<bigint>(address, "FOUNDERS_UNTIL");
    if (delegates === undefined || until === undefined) return undefined;
    return { address, delegates, foundersUntil: Number(until) };
  }

  async electionsOf(seats: readonly SeatsSite[]): Promise<(string | undefined)[]> {
    return Promise.all(seats.map(({ address }) => this.address(address, "elections")));
  }

  async elections(address: string): Promise<ElectionsSite | undefined> {
    const [electorate, seats] = [
      await this.address(address, "ELECTORATE"),
      await this.address(address, "SEATS"),
    ];
    const name = await this.#name(address);
    if (electorate === undefined || seats === undefined || name === undefined) return undefined;
    return { address, name, electorate, seats };
  }

  async amendments(address: string): Promise<AmendmentsSite | undefined> {
    const delay = await this.#one<bigint>(address, "DELAY");
    const grace = await this.#one<bigint>(address, "GRACE");
    if (delay === undefined || grace === undefined) return undefined;
    return { address, delay: Number(delay), grace: Number(grace) };
  }

  async admissions(address: string): Promise<AdmissionsSite | undefined> {
    const terms = await this.#one<Result>(address, "terms");
    if (terms === undefined) return undefined;
    const number = (name: string): number => Number(terms[name]);
    return {
      ...{ address, waiting: number("waiting"), decision: number("decision") },
      ...{ seniority: number("seniority"), perYear: number("perYear"), smallTier: number("smallTier") },
    };
  }

  /** An address that a view returns, in lower case; undefined where it is nobody's. */
  async address(to: string, view: string): Promise<string | undefined> {
    const address = (await this.#one<string>(to, view))?.toLowerCase();
    return address === NOBODY ? undefined : address;
  }

  async #name(address: string): Promise<string | undefined> {
    const domain = await this.#ask(address, "eip712Domain");
    return domain?.[1] as string | undefined;
  }

  async #one<T>(to: string, view: string): Promise<T | undefined> {
    return (await this.#ask(to, view))?.[0] as T | undefined;
  }

  async #ask(to: string, view: string): Promise<Result | undefined> {
    try {
      return VIEWS.decodeFunctionResult(
        view,
        await callAll(this.#nodes, to, VIEWS.encodeFunctionData(view), this.#head),
      );
    } catch (error) {
      if (error instanceof ConsortiaError && error.code !== "CallReverted") throw error;
      return undefined;
    }
  }
}
