import { id, Interface } from "ethers";
import type { Site } from "../../src/auditor/chain/discover.ts";
import {
  Admissions__factory,
  Amendments__factory,
  Chamber__factory,
  Delegates__factory,
  Elections__factory,
  Seats__factory,
  Voice__factory,
} from "../../src/chain/types/index.ts";
import { voiceOf } from "../../src/core/voice.ts";
import { ZERO } from "../../src/core/money.ts";
import type { Credits } from "../../src/core/money.ts";
import {
  ADA,
  addressOf,
  admitThree,
  BOB,
  CONTRACTS,
  DAY,
  EVE,
  MadeLedger,
  SITE,
  TERMS,
  type MadeEvent,
  type Writer,
} from "./made-ledger.ts";

const at = (name: string) => `0x${id(name).slice(-40)}`;

/** Where the contracts of governance are. */
export const HOUSES = {
  ...{ voice: at("voice"), delegates: at("delegates"), seats: at("seats"), elections: at("elections") },
  ...{ council: at("council"), board: at("board"), boardSeats: at("board seats"), assembly: at("assembly") },
  ...{ amendments: at("amendments"), admissions: at("admissions") },
};

export const FOUNDED = SITE.created.timestamp - 10 * DAY;
export const FOUNDERS_UNTIL = FOUNDED + 365 * DAY;
export const BOARD_DELAY = 9 * DAY;
export const ADMISSION_TERMS = {
  waiting: 30 * DAY,
  decision: 60 * DAY,
  seniority: 3,
  perYear: 2,
  smallTier: 2,
};

const GOVERNED: Site = {
  ...SITE,
  governance: {
    voices: [{ address: HOUSES.voice, fullStanding: 100_000_000n }],
    delegates: [HOUSES.delegates],
    seats: [HOUSES.seats, HOUSES.boardSeats].map((address) => ({
      ...{ address, delegates: HOUSES.delegates, foundersUntil: FOUNDERS_UNTIL },
    })),
    elections: [
      { address: HOUSES.elections, name: "Elections", electorate: HOUSES.voice, seats: HOUSES.seats },
    ],
    chambers: [
      { address: HOUSES.council, name: "Council", electorate: HOUSES.seats },
      { address: HOUSES.board, name: "Board", electorate: HOUSES.boardSeats },
      { address: HOUSES.assembly, name: "Assembly", electorate: HOUSES.voice, sponsor: HOUSES.council },
    ],
    amendments: [{ address: HOUSES.amendments, delay: 14 * DAY, grace: 30 * DAY }],
    admissions: [{ address: HOUSES.admissions, ...ADMISSION_TERMS }],
  },
};

const seatsAbi = Seats__factory.createInterface();
const chamberAbi = Chamber__factory.createInterface();
/** Contracts of a kind of which there are several: an event is written as `board:ProposalCreated`. */
const NAMED: Readonly<Record<string, Writer>> = {
  boardSeats: [HOUSES.boardSeats, seatsAbi],
  seats: [HOUSES.seats, seatsAbi],
  voice: [HOUSES.voice, Voice__factory.createInterface()],
  council: [HOUSES.council, chamberAbi],
  board: [HOUSES.board, chamberAbi],
  assembly: [HOUSES.assembly, chamberAbi],
};
const OTHERS: readonly Writer[] = [
  [HOUSES.delegates, Delegates__factory.createInterface()],
  [HOUSES.elections, Elections__factory.createInterface()],
  [HOUSES.amendments, Amendments__factory.createInterface()],
  [HOUSES.admissions, Admissions__factory.createInterface()],
];

/** A consortium that never was, governed by logs made by hand. */
export class MadeGovernance extends MadeLedger {
  constructor() {
    super(TERMS, GOVERNED);
  }

  override block(...events: readonly MadeEvent[]) {
    return this.place(events.map(([name, ...values]) => written(name, values)));
  }

  get governance() {
    return this.fold.governance;
  }

  get elections() {
    return this.governance.elections[0]!;
  }

  get seats() {
    return this.governance.seats.get(HOUSES.seats)!;
  }

  chamber(name: "council" | "board" | "assembly") {
    return this.governance.chambers.find(({ address }) => address === HOUSES[name])!;
  }
}

function written(name: string, values: readonly unknown[]) {
  const [house, event] = name.includes(":") ? (name.split(":") as [string, string]) : [undefined, name];
  const writers = house === undefined ? [...CONTRACTS, ...Object.values(NAMED), ...OTHERS] : [NAMED[house]!];
  for (const [address, abi] of writers) {
    const fragment = abi.getEvent(event);
    if (fragment === null) continue;
    const { topics, data } = abi.encodeEventLog(fragment, values);
    return { address, topics: topics.map((topic) => topic.toLowerCase()), data: data.toLowerCase() };
  }
  throw new Error(`no contract has an event ${event}`);
}

/** What every member's word weighs at least, and with a standing. */
export const weight = (standing: Credits = ZERO): bigint => voiceOf(standing, 100_000_000n as Credits);

/** A member's entry on the rolls of everybody and of its constituency, as its voice is synced. */
export const heard = (member: number, constituency = 1): MadeEvent[] => [
  ["voice:VoterEntered", 0, member],
  ["voice:VoterEntered", constituency, member],
  ["VoiceSynced", member, weight()],
];

/** A seat taken by a founder, and by whoever was elected. */
export const founded = (house: "seats" | "boardSeats", seat: number, delegate: number): MadeEvent[] => [
  ["DelegateEnrolled", delegate, addressOf(`delegate ${delegate}`)],
  [`${house}:VoterEntered`, 1, delegate],
  [`${house}:SeatTaken`, 1, seat, delegate, FOUNDERS_UNTIL - 90 * DAY, true],
];
export const taken = (seat: number, delegate: number, until: number): MadeEvent[] => [
  ["seats:VoterEntered", 0, delegate],
  ["seats:SeatTaken", 1, seat, delegate, until, false],
];
export const vacated = (seat: number, delegate: number, roll = 1): MadeEvent[] => [
  ["seats:VoterStruck", roll, delegate],
  ["seats:SeatVacated", 1, seat, delegate],
];

export const RULES = {
  ...{ nominationTime: 7 * DAY, ballotTime: 7 * DAY, term: 730 * DAY },
  ...{ minSupport: 1, quorumBps: 5_000, recallBps: 5_000 },
};

const settings = (house: string): MadeEvent[] => [
  [`${house}:VotingDelaySet`, 0, DAY],
  [`${house}:VotingPeriodSet`, 0, 5 * DAY],
  [`${house}:ProposalThresholdSet`, 0, 1],
  [`${house}:LateQuorumVoteExtensionSet`, 0, DAY],
  [`${house}:BaseDelaySet`, 0, 0],
  [`${house}:SharesSet`, 5_000, 3_000],
];

const selector = (abi: { getFunction(name: string): { selector: string } | null }, name: string): string =>
  abi.getFunction(name)!.selector;

const REGISTER_VERBS = new Interface([
  "function classify(uint32 member, uint16 constituency, uint16 region)",
  "function admit(uint32 member)",
]);

/**
 * Mid-January: ada, bob and eve have been members since October and have their voice; delegates 1 to 3 sit in the
 * Council and 4 in the Board as founders; everything was handed over.
 * @param clerk somebody who may decide as the chambers and the authority do, so that no proposal has to be told
 */
export function foundedGovernance(clerk?: string): MadeGovernance {
  const made = new MadeGovernance();
  const deployer = addressOf("deployer");
  const grant = (role: number, who: string, delay = 0): MadeEvent => [
    "RoleGranted",
    ...[role, who, delay, made.now, true],
  ];
  const asks = (
    target: string,
    abi: typeof chamberAbi | Interface,
    verb: string,
    role: number,
  ): MadeEvent => ["TargetFunctionRoleUpdated", ...[target, selector(abi, verb), role]];
  made.tell(["AuthorityUpdated", SITE.charter], grant(0, deployer), grant(11, deployer));
  made.tell(["voice:AuthorityUpdated", SITE.charter]);
  made.tell(
    ["seats:AuthorityUpdated", SITE.charter],
    ...[1, 2, 3].flatMap((n) => founded("seats", n - 1, n)),
  );
  made.tell(["boardSeats:AuthorityUpdated", SITE.charter], ...founded("boardSeats", 0, 4));
  made.tell(["RulesSet", Object.values(RULES)], ["ConstituencySet", 1, 3, 1]);
  for (const house of ["council", "board", "assembly"]) made.tell(...settings(house));
  made.tell(
    ["CharterBoardBound", HOUSES.board, HOUSES.council, HOUSES.boardSeats],
    ["seats:ElectionsBound", HOUSES.elections],
    asks(SITE.register, REGISTER_VERBS, "classify", 1),
    asks(SITE.register, REGISTER_VERBS, "admit", 11),
    asks(HOUSES.amendments, Amendments__factory.createInterface(), "ratify", 8),
    asks(HOUSES.amendments, Amendments__factory.createInterface(), "approve", 9),
    asks(HOUSES.amendments, Amendments__factory.createInterface(), "insist", 9),
    ...(["admit", "reject"] as const).map((verb) =>
      asks(HOUSES.admissions, Admissions__factory.createInterface(), verb, 1),
    ),
    asks(HOUSES.admissions, Admissions__factory.createInterface(), "admitOnAppeal", 10),
  );
  made.pass(25).tell(["LedgerBound", SITE.ledger]);
  admitThree(made);
  made.pass(90).tell(["RollBound", HOUSES.voice]);
  for (const member of [ADA, BOB, EVE]) made.tell(...heard(member));
  return handOver(made, deployer, clerk);
}

function handOver(made: MadeGovernance, deployer: string, clerk?: string): MadeGovernance {
  const grant = (role: number, who: string, delay = 0): MadeEvent => [
    "RoleGranted",
    ...[role, who, delay, made.now, true],
  ];
  made.tell(
    ...(clerk === undefined ? [] : [1, 8, 9, 10].map((role) => grant(role, clerk))),
    ...[1, 2, 3, 5].map((role) => grant(role, HOUSES.board, BOARD_DELAY)),
    ...[grant(8, HOUSES.council), grant(9, HOUSES.assembly), grant(11, HOUSES.admissions)],
    ...[1, 2, 3, 5].map((role): MadeEvent => ["RoleGuardianChanged", role, 8]),
    ...[4, 6, 7, 10].map((role): MadeEvent => ["RoleAdminChanged", role, 8]),
    grant(0, HOUSES.amendments),
    ...[11, 0].map((role): MadeEvent => ["RoleRevoked", role, deployer]),
  );
  return made.pass(1);
}
