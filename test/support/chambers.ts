import { ZeroAddress, ZeroHash, id, toQuantity, zeroPadValue } from "ethers";
import type { HDNodeWallet, Signer } from "ethers";
import { selector } from "../../deploy/modules/roles.ts";
import {
  Admissions__factory,
  Amendments__factory,
  Chamber__factory,
  Delegates__factory,
  Elections__factory,
  Seats__factory,
  Voice__factory,
} from "../../src/chain/types/index.ts";
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
import { DAY } from "./claims.ts";
import { OCTOBER } from "./consortium.ts";
import type { TestMember } from "./consortium.ts";
import { createWorld } from "./world.ts";
import type { World } from "./world.ts";

/** Numbers of contracts/types/Roles.sol. */
export const ROLE = {
  admin: 0n,
  registrar: 1n,
  scheduler: 2n,
  treasurer: 3n,
  guardian: 4n,
  suspender: 5n,
  arbiter: 6n,
  appellate: 7n,
  council: 8n,
  assembly: 9n,
  authority: 10n,
  admitter: 11n,
} as const;

/** What the Board holds with a delay and the Council can veto. */
export const BOARD_ROLES = [ROLE.registrar, ROLE.scheduler, ROLE.treasurer, ROLE.suspender];
/** What the Council gives and takes. */
export const OFFICES = [ROLE.guardian, ROLE.arbiter, ROLE.appellate, ROLE.authority];

/** How long the Board's acts wait: a day beyond the Council's longest decision is eight days. */
export const BOARD_DELAY = 9 * DAY;
export const AMENDMENT_DELAY = 14 * DAY;
export const AMENDMENT_GRACE = 30 * DAY;
export const FOUNDERS_TERM = 365 * DAY;

const SETTINGS = {
  council: { votingDelay: DAY, votingPeriod: 5 * DAY, quorumBps: 4_000, baseDelay: 0, lateExtension: DAY },
  board: { votingDelay: DAY, votingPeriod: 3 * DAY, quorumBps: 5_000, baseDelay: 0, lateExtension: DAY },
  assembly: {
    votingDelay: 2 * DAY,
    votingPeriod: 7 * DAY,
    quorumBps: 3_000,
    baseDelay: 2 * DAY,
    lateExtension: 2 * DAY,
  },
} as const;

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

/** Founds the chambers in mid-January, when the members of October have their voice, and hands everything over. */
export async function createChambers(): Promise<Chambers> {
  const w = await createWorld();
  const [deployer] = await w.ethers.getSigners();
  if (deployer === undefined) throw new Error("the test chain has no accounts");
  const members = [w.ada, w.bob, w.eve];
  while (members.length < 10) members.push(await w.createMember());
  await w.time.increaseTo(periodStart(addMonths(OCTOBER, 3)) + 15 * DAY);
  const newcomer = await w.createMember();

  const keys = await Promise.all(Array.from({ length: 9 }, () => w.createKey()));
  const [council, board] = [keys.slice(0, 6), keys.slice(6)];
  const delegates = await new Delegates__factory(deployer).deploy();
  const voice = await new Voice__factory(deployer).deploy(w.charter, w.register, 100_000_000n);
  await w.register.bindRoll(voice);
  await voice.syncAll(members.map((member) => member.id));
  const seats = (constituency: number, holders: readonly HDNodeWallet[]) =>
    new Seats__factory(deployer).deploy(
      w.charter,
      delegates,
      holders.map(({ address }, seat) => ({ constituency, seat, key: address })),
      FOUNDERS_TERM,
    );
  const councilSeats = await seats(1, council);
  const boardSeats = await seats(0, board);
  const elections = (
    name: string,
    electorate: Voice | Seats,
    body: Seats,
    constituency: number,
    size: number,
  ) =>
    new Elections__factory(deployer).deploy(w.charter, name, electorate, body, RULES, [
      { constituency, seats: size, groups: 1 },
    ]);
  const councilElections = await elections("Consortia Council Elections", voice, councilSeats, 1, 6);
  const boardElections = await elections("Consortia Board Elections", councilSeats, boardSeats, 0, 3);
  await councilSeats.bindElections(councilElections);
  await boardSeats.bindElections(boardElections);

  const chamber = (
    name: keyof typeof SETTINGS,
    electorate: Voice | Seats,
    sponsor: Chamber | string,
    threshold: bigint,
  ) =>
    new Chamber__factory(deployer).deploy({
      ...SETTINGS[name],
      name: `Consortia ${name}`,
      electorate,
      charter: w.charter,
      sponsor,
      threshold,
      petition: 3_000,
    });
  const houses = {
    council: await chamber("council", councilSeats, ZeroAddress, 1n),
    board: await chamber("board", boardSeats, ZeroAddress, 1n),
  };
  const assembly = await chamber("assembly", voice, houses.council, 1_000_000n);
  const amendments = await new Amendments__factory(deployer).deploy(
    w.charter,
    AMENDMENT_DELAY,
    AMENDMENT_GRACE,
  );
  const admissions = await new Admissions__factory(deployer).deploy(w.charter, w.register, {
    waiting: 30 * DAY,
    decision: 60 * DAY,
    seniority: 3,
    perYear: 3,
    smallTier: 3,
  });
  await forgetBoard(w);
  await w.charter.bindBoard(houses.board, houses.council, boardSeats);
  const founded = { ...houses, assembly, amendments, admissions, voice };
  await assign(w, founded);
  await handOver(w, founded, deployer);
  await w.time.increase(DAY);

  const sitting = async (body: Seats, holders: readonly HDNodeWallet[], constituency: number) =>
    Promise.all(
      holders.map(async (key, seat) => ({
        number: Number((await body.seatOf(constituency, seat)).delegate),
        key,
      })),
    );
  return {
    ...w,
    ...founded,
    delegates,
    councilSeats,
    boardSeats,
    councilElections,
    boardElections,
    members,
    newcomer,
    deployer,
    council: { chamber: houses.council, voters: await sitting(councilSeats, council, 1) },
    board: { chamber: houses.board, voters: await sitting(boardSeats, board, 0) },
    assembly: { chamber: assembly, voters: members.map(({ id: number, key }) => ({ number, key })) },
  };
}

interface Founded {
  readonly council: Chamber;
  readonly board: Chamber;
  readonly assembly: Chamber;
  readonly amendments: Amendments;
  readonly admissions: Admissions;
  readonly voice: Voice;
}

/** The world has a governance already, and a charter is bound once: here it is taken back to before that. */
async function forgetBoard({ charter, ethers: { provider }, governance }: World): Promise<void> {
  await charter.revokeRole(ROLE.admitter, governance.admissions);
  const bound = zeroPadValue(await charter.board(), 32);
  const [address, slots] = [await charter.getAddress(), [...Array(16).keys()]];
  const stored = await Promise.all(slots.map((slot) => provider.getStorage(address, slot)));
  const slot = toQuantity(stored.indexOf(bound));
  await provider.send("hardhat_setStorageAt", [address, slot, ZeroHash]);
}

/** Which role governance's own functions ask for. */
async function assign(w: World, f: Founded): Promise<void> {
  const ask = (target: Amendments | Admissions | Voice, signatures: string[], role: bigint) =>
    w.charter.setTargetFunctionRole(target, signatures.map(selector), role);
  await ask(f.voice, ["confirmSuspension(uint32)"], ROLE.council);
  await ask(f.amendments, ["ratify(bytes32)"], ROLE.council);
  await ask(f.amendments, ["approve(bytes32)", "insist(bytes32)"], ROLE.assembly);
  await ask(f.admissions, ["admit(uint32)", "reject(uint32)"], ROLE.registrar);
  await ask(f.admissions, ["admitOnAppeal(uint32)"], ROLE.authority);
}

/** Gives every right to the chambers; the deployer keeps none. */
async function handOver(w: World, f: Founded, deployer: Signer): Promise<void> {
  for (const role of BOARD_ROLES) {
    await w.charter.grantRole(role, f.board, BOARD_DELAY);
    await w.charter.setRoleGuardian(role, ROLE.council);
    if (role !== ROLE.suspender) await w.charter.grantRole(role, f.assembly, 0);
  }
  for (const office of OFFICES) await w.charter.setRoleAdmin(office, ROLE.council);
  await w.charter.grantRole(ROLE.council, f.council, 0);
  await w.charter.grantRole(ROLE.assembly, f.assembly, 0);
  await w.charter.grantRole(ROLE.admitter, f.admissions, 0);
  await w.charter.grantRole(ROLE.admin, f.amendments, 0);
  for (const role of Object.values(ROLE).toReversed())
    await w.charter.renounceRole(role, await deployer.getAddress());
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
