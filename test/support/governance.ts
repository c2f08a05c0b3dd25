import { Wallet, encodeBytes32String, hexlify, toUtf8Bytes } from "ethers";
import type { BaseContract, HDNodeWallet, Provider, Signer, TypedDataDomain } from "ethers";
import type { Charter, Delegates, Elections, Register, Seats, Voice } from "../../src/chain/types/index.ts";
import { addMonths, periodStart } from "../../src/core/period.ts";
import { OCTOBER, createConsortium } from "./consortium.ts";
import type { TestConsortium } from "./consortium.ts";

export const DAY = 86_400;

/** January 2027: the first month in which members of October have a voice. */
export const JANUARY = addMonths(OCTOBER, 3);

/** The standing that doubles a voice. */
export const FULL_STANDING = 1_000_000_000n;

export const RULES = {
  nominationTime: 14 * DAY,
  ballotTime: 10 * DAY,
  term: 730 * DAY,
  minSupport: 2,
  quorumBps: 3_000,
  recallBps: 4_000,
} as const;

export const NORTH = 1;
export const SOUTH = 2;

export interface Plan {
  readonly constituency: number;
  readonly seats: number;
  readonly groups: number;
}

/** Three seats of the north, one falling due every third of a term, and two of the south, due together. */
export const PLANS: readonly Plan[] = [
  { constituency: NORTH, seats: 3, groups: 3 },
  { constituency: SOUTH, seats: 2, groups: 1 },
];

export interface Founder {
  readonly constituency: number;
  readonly seat: number;
  readonly key: string;
}

/** A member that votes, with one key that holds every right. */
export interface Voter {
  readonly id: number;
  readonly key: HDNodeWallet;
}

/** Somebody who can stand for election. */
export interface Person {
  readonly id: number;
  readonly key: HDNodeWallet;
}

/** Seats, the elections that fill them, and the domain their ballots are signed for. */
export interface Body {
  readonly seats: Seats;
  readonly elections: Elections;
  readonly domain: TypedDataDomain;
}

/** What a body is founded with. */
export interface BodyOptions {
  readonly name?: string;
  readonly electorate: BaseContract;
  readonly founders?: readonly Founder[];
  readonly foundersTerm?: number;
  readonly rules?: Partial<Record<keyof typeof RULES, number>>;
  readonly plans?: readonly Plan[];
}

/** A consortium that can elect: twelve members in the north, six in the south, eight people who could stand. */
export interface Governance {
  readonly consortium: TestConsortium;
  readonly charter: Charter;
  readonly register: Register;
  readonly people: Delegates;
  readonly voice: Voice;
  readonly council: Body;
  readonly board: Body;
  readonly north: readonly Voter[];
  readonly south: readonly Voter[];
  readonly persons: readonly Person[];
  readonly deployer: Signer;
  readonly stranger: HDNodeWallet;
  createKey(): Promise<HDNodeWallet>;
  /** An applicant that nobody admitted. */
  applicant(options?: { constituency?: number; tier?: number; key?: HDNodeWallet }): Promise<Voter>;
  /** A member as of now: it is not on the roll yet. */
  member(constituency: number): Promise<Voter>;
  person(): Promise<Person>;
  body(options: BodyOptions): Promise<Body>;
  /** Moves the clock by seconds, with a block. */
  pass(seconds: number): Promise<void>;
  /** The next transaction's second. */
  at(timestamp: number | bigint): Promise<void>;
  now(): Promise<number>;
}

/** Founds one on a chain of its own: mid-January 2027, everybody on the roll, all seats vacant. */
export async function createGovernance(): Promise<Governance> {
  const consortium = await createConsortium();
  const { admin, ethers, time } = consortium;
  const { charter, register, ledger } = admin.contracts;
  const provider: Provider = ethers.provider;
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new Error("the test chain has no accounts");
  const { chainId } = await provider.getNetwork();

  let seed = 0;
  async function createKey(): Promise<HDNodeWallet> {
    const key = Wallet.fromPhrase("test test test test test test test test test test test junk").deriveChild(
      9_000 + seed++,
    );
    await ethers.provider.send("hardhat_setBalance", [key.address, "0x56bc75e2d63100000"]);
    return key.connect(provider);
  }

  async function applicant({
    constituency = NORTH,
    tier = 1,
    key,
  }: { constituency?: number; tier?: number; key?: HDNodeWallet } = {}): Promise<Voter> {
    const own = key ?? (await createKey());
    const isil = hexlify(toUtf8Bytes(`XA-G${100 + seed++}`)).padEnd(34, "0");
    await register.connect(own).applyFor(isil, 1, tier, constituency, 1, own.address);
    return { id: Number(await register.lastMember()), key: own };
  }

  async function member(constituency: number): Promise<Voter> {
    const one = await applicant({ constituency });
    await register.admit(one.id);
    return one;
  }

  const people = await ethers.deployContract("Delegates");
  async function person(): Promise<Person> {
    const key = await createKey();
    await people.connect(key).enrol(key);
    return { id: Number(await people.lastDelegate()), key };
  }

  async function body({ name = "Consortia Elections", electorate, ...options }: BodyOptions): Promise<Body> {
    const founders = [...(options.founders ?? [])];
    const term = options.foundersTerm ?? 365 * DAY;
    const seats = await ethers.deployContract("Seats", [charter, people, founders, term]);
    const rules = { ...RULES, ...options.rules };
    const plans = [...(options.plans ?? PLANS)];
    const elections = await ethers.deployContract("Elections", [
      charter,
      name,
      electorate,
      seats,
      rules,
      plans,
    ]);
    await seats.bindElections(elections);
    const domain = { name, version: "1", chainId, verifyingContract: await elections.getAddress() };
    return { seats, elections, domain };
  }

  const voice = await ethers.deployContract("Voice", [charter, register, FULL_STANDING]);
  await register.bindRoll(voice);
  const north: Voter[] = [];
  const south: Voter[] = [];
  for (let i = 0; i < 12; i++) north.push(await member(NORTH));
  for (let i = 0; i < 6; i++) south.push(await member(SOUTH));
  const persons: Person[] = [];
  for (let i = 0; i < 8; i++) persons.push(await person());
  const stranger = await createKey();

  await time.increaseTo(periodStart(JANUARY) + 15 * DAY);
  while ((await ledger.openPeriod()) < BigInt(JANUARY)) await ledger.closePeriod();
  await voice.syncAll([...north, ...south].map(({ id }) => id));
  const council = await body({ name: "Consortia Council Elections", electorate: voice });
  const board = await body({
    name: "Consortia Board Elections",
    electorate: council.seats,
    plans: [{ constituency: 0, seats: 2, groups: 1 }],
  });
  await time.increase(DAY);

  return {
    ...{ consortium, charter, register, people, voice, council, board, north, south, persons },
    ...{ deployer, stranger, createKey, applicant, member, person, body },
    pass: async (seconds) => {
      await time.increase(seconds);
    },
    at: (timestamp) => time.setNextBlockTimestamp(timestamp),
    now: () => time.latest(),
  };
}

let shared: Promise<{ world: Governance; restore: () => Promise<void> }> | undefined;

/** One chain for all tests of governance, taken back to its beginning before each of them. */
export function useGovernance(): () => Governance {
  let world: Governance | undefined;
  before(async function () {
    this.timeout(120_000);
    shared ??= createGovernance().then(async (created) => {
      const snapshot = await created.consortium.networkHelpers.takeSnapshot();
      return { world: created, restore: () => snapshot.restore() };
    });
    ({ world } = await shared);
  });
  beforeEach(async () => {
    await (await shared)?.restore();
  });
  return () => {
    if (world === undefined) throw new Error("the world begins with the first test");
    return world;
  };
}

/** A hash of what a candidate says of itself. */
export const STATEMENT = encodeBytes32String("I stand.");
