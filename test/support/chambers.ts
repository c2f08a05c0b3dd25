import { Wallet, id } from "ethers";
import type { HDNodeWallet, Interface, Signer } from "ethers";
import { bootstrapHolders, handoverCalls } from "../../deploy/modules/Handover.ts";
import type {
  Admissions,
  Amendments,
  Chamber,
  Delegates,
  Elections,
  Seats,
  Voice,
} from "../../src/chain/types/index.ts";
import { addMonths, periodStart } from "../../src/core/period.ts";
import { ADMIN, BOARD_ROLES as DELAYED, OFFICES as NAMED, ROLES } from "../../src/core/roles.ts";
import { DAY } from "./claims.ts";
import { OCTOBER } from "./consortium.ts";
import type { TestMember } from "./consortium.ts";
import { createWorld } from "./world.ts";
import type { World } from "./world.ts";

/** Every role by its name. */
export const ROLE = { admin: ADMIN, ...ROLES } as const;

/** What the Board holds with a delay and the Council can veto. */
export const BOARD_ROLES = DELAYED.map((name) => ROLES[name]);
/** What the Council gives and takes. */
export const OFFICES = NAMED.map((name) => ROLES[name]);

/** How long the Board's acts wait: a day beyond the Council's longest decision is eight days. */
export const BOARD_DELAY = 9 * DAY;
export const AMENDMENT_DELAY = 14 * DAY;
export const AMENDMENT_GRACE = 30 * DAY;
export const FOUNDERS_TERM = 500 * DAY;

const PHRASE = Wallet.fromPhrase("test test test test test test test test test test test junk");

const SETTINGS = {
  council: {
    ...{ votingDelay: DAY, votingPeriod: 5 * DAY, quorumBps: 4_000, baseDelay: 0, lateExtension: DAY },
    ...{ threshold: 1n, petition: 3_000 },
  },
  board: {
    ...{ votingDelay: DAY, votingPeriod: 3 * DAY, quorumBps: 5_000, baseDelay: 0, lateExtension: DAY },
    ...{ threshold: 1n, petition: 3_000 },
  },
  assembly: {
    ...{ votingDelay: 2 * DAY, votingPeriod: 7 * DAY, quorumBps: 3_000, baseDelay: 2 * DAY },
    ...{ lateExtension: 2 * DAY, threshold: 1_000_000n, petition: 3_000 },
  },
};

const RULES = {
  nominationTime: 7 * DAY,
  ballotTime: 7 * DAY,
  term: 730 * DAY,
  minSupport: 1,
  quorumBps: 4_000,
  recallBps: 5_000,
};

/** Somebody who votes: a number and a key behind it. */
export interface Voter {
  readonly number: number;
  readonly key: HDNodeWallet;
}

/** A chamber with those who vote in it. */
export interface Hall {
  readonly chamber: Chamber;
  readonly voters: readonly Voter[];
}

/** A consortium that its members govern: ten of them, six in the Council, three on the Board, a deployer without rights. */
export interface Chambers extends World {
  readonly council: Hall;
  readonly board: Hall;
  readonly assembly: Hall;
  readonly amendments: Amendments;
  readonly admissions: Admissions;
  readonly delegates: Delegates;
  readonly voice: Voice;
  readonly councilSeats: Seats;
  readonly boardSeats: Seats;
  readonly councilElections: Elections;
  readonly boardElections: Elections;
  /** Those with voice. */
  readonly members: readonly TestMember[];
  /** Admitted in January: without voice until April. */
  readonly newcomer: TestMember;
  readonly deployer: Signer;
}

let shared: Promise<{ world: Chambers; snapshot: { restore(): Promise<void> } }> | undefined;

/** One chain for all tests of the chambers, taken back to the handover before each of them. */
export function useChambers(): () => Chambers {
  let world: Chambers | undefined;
  before(async function () {
    this.timeout(120_000);
    shared ??= createChambers().then(async (created) => ({
      world: created,
      snapshot: await created.networkHelpers.takeSnapshot(),
    }));
    ({ world } = await shared);
  });
  beforeEach(async () => {
    await (await shared)?.snapshot.restore();
  });
  return () => {
    if (world === undefined) throw new Error("the chambers begin with the first test");
    return world;
  };
}

/** Founds a consortium with settings of these tests, and hands it over in mid-January, when October's members have voice. */
export async function createChambers(): Promise<Chambers> {
  const founders = Array.from({ length: 9 }, (_, index) => PHRASE.deriveChild(800 + index));
  const w = await createWorld({
    governance: {
      ...settings(),
      fullStanding: 100_000_000n,
      foundersTerm: FOUNDERS_TERM,
      councilFounders: seatsOf(1, founders.slice(0, 6)),
      boardFounders: seatsOf(0, founders.slice(6)),
      councilRules: RULES,
      boardRules: RULES,
      councilPlans: [{ constituency: 1, seats: 6, groups: 1 }],
      boardPlans: [{ constituency: 0, seats: 3, groups: 1 }],
      amendmentDelay: AMENDMENT_DELAY,
      amendmentGrace: AMENDMENT_GRACE,
    },
  });
  const [deployer] = await w.ethers.getSigners();
  if (deployer === undefined) throw new Error("the test chain has no accounts");
  const members = [w.ada, w.bob, w.eve];
  while (members.length < 10) members.push(await w.createMember());
  await w.time.increaseTo(periodStart(addMonths(OCTOBER, 3)) + 15 * DAY);
  const newcomer = await w.createMember();
  const { council, board, assembly, ...rest } = w.governance;
  await rest.voice.syncAll(members.map((member) => member.id));

  const { charter, governance } = w.deployment;
  const account = await deployer.getAddress();
  const calls = handoverCalls({
    ...governance,
    charter,
    boardDelay: BOARD_DELAY,
    holders: bootstrapHolders(account),
  });
  await w.charter.multicall(
    calls.map(({ name, args }) => (w.charter.interface as Interface).encodeFunctionData(name, args)),
  );
  await w.time.increase(DAY);

  for (const { address } of founders) {
    await w.ethers.provider.send("hardhat_setBalance", [address, "0x56bc75e2d63100000"]);
  }
  // Delegates are numbered as they are seated, the Council's first.
  const voters = founders.map((key, index) => ({ number: index + 1, key: key.connect(w.ethers.provider) }));
  return {
    ...w,
    ...rest,
    members,
    newcomer,
    deployer,
    council: { chamber: council, voters: voters.slice(0, 6) },
    board: { chamber: board, voters: voters.slice(6) },
    assembly: { chamber: assembly, voters: members.map(({ id: number, key }) => ({ number, key })) },
  };
}

const seatsOf = (constituency: number, keys: readonly HDNodeWallet[]) =>
  keys.map(({ address }, seat) => ({ constituency, seat, key: address }));

/** The chambers' settings by the names of the module's parameters. */
function settings(): Record<string, number | bigint> {
  const named = Object.entries(SETTINGS).flatMap(([chamber, values]) =>
    Object.entries(values).map(([name, value]) => [
      `${chamber}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );
  return Object.fromEntries(named) as Record<string, number | bigint>;
}

/** What the charter says of an account, by role: the roles that it holds. */
export async function rolesOf(w: Chambers, account: string): Promise<string[]> {
  const held = await Promise.all(
    Object.entries(ROLE).map(async ([name, role]) =>
      (await w.charter.hasRole(role, account))[0] ? [name] : [],
    ),
  );
  return held.flat();
}

/** A text's hash. */
export const TEXT = id("The members decide otherwise.");
