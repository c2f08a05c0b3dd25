import type { BaseContract } from "ethers";
import { GOVERNANCE_PRIVILEGES, PRIVILEGES, privilegesOf } from "../core/roles.ts";
import { ADMIN, BOARD_ROLES, OVERRIDE_ROLES, ROLES } from "../core/roles.ts";
import type { Consortium } from "./consortium.ts";

/** One of the consortium's contracts. */
export interface HouseContract {
  readonly name: string;
  readonly handle: BaseContract;
  readonly address: string;
}

/** Who must hold a role. Where nothing waits the delay is none; the Board's acts wait longer than a veto takes. */
export interface HouseRight {
  readonly role: bigint;
  readonly account: string;
  readonly waits: boolean;
}

/** A name or an address that a contract must give for another. */
export interface HouseBinding {
  readonly what: string;
  readonly find: () => Promise<string>;
  readonly expected: string;
}

/** Every contract whose functions the charter guards, and the charter itself. */
export function houseContracts({ contracts }: Consortium): HouseContract[] {
  const { charter, register, schedule, resources, ledger, asset, governance } = contracts;
  const { claims, reversals, advances, pricing, compensation } = contracts;
  const named: Record<string, BaseContract> = {
    Charter: charter,
    Register: register,
    FeeSchedule: schedule,
    Resources: resources,
    Ledger: ledger,
    Claims: claims,
    Reversals: reversals,
    Advances: advances,
    Pricing: pricing,
    Compensation: compensation,
    CreditToken: asset,
    Delegates: governance.delegates,
    Voice: governance.voice,
    CouncilSeats: governance.councilSeats,
    CouncilElections: governance.councilElections,
    BoardSeats: governance.boardSeats,
    BoardElections: governance.boardElections,
    Council: governance.council,
    Board: governance.board,
    Assembly: governance.assembly,
    Amendments: governance.amendments,
    Admissions: governance.admissions,
  };
  return Object.entries(named).map(([name, handle]) => ({ name, handle, address: handle.target as string }));
}

/** Who must hold what once a consortium is handed over; offices are whose the Council gives them to. */
export function houseRights({ deployment: { governance } }: Consortium): HouseRight[] {
  const { council, board, assembly, amendments, admissions } = governance;
  const right = (role: bigint, account: string, waits = false): HouseRight => ({ role, account, waits });
  return [
    right(ADMIN, amendments),
    ...BOARD_ROLES.map((role) => right(ROLES[role], board, true)),
    ...OVERRIDE_ROLES.map((role) => right(ROLES[role], assembly)),
    right(ROLES.council, council),
    right(ROLES.assembly, assembly),
    right(ROLES.admitter, admissions),
  ];
}

/** The role that each function asks for, by contract and signature; the administrators' where it is missing. */
export function houseFunctions(): ReadonlyMap<string, bigint> {
  return new Map(
    [PRIVILEGES, GOVERNANCE_PRIVILEGES]
      .flatMap((table) => privilegesOf(table))
      .flatMap(({ contract, role, functions }) =>
        functions.map((signature) => [`${contract}.${signature}`, ROLES[role]] as const),
      ),
  );
}

/** Which contract stands for which: whoever was bound in another's place would decide in its name. */
export function houseBindings({ contracts, deployment }: Consortium): HouseBinding[] {
  const { charter, register, resources, ledger, governance } = contracts;
  const { claims, reversals, advances, pricing, compensation } = contracts;
  const at = deployment.governance;
  const bodies = ["council", "board"] as const;
  const binding = (what: string, find: () => Promise<string>, expected: string) => ({ what, find, expected });
  return [
    binding("the charter's Board", () => charter.board(), at.board),
    binding("the charter's Council", () => charter.council(), at.council),
    binding("the charter's seats of the Board", () => charter.boardSeats(), at.boardSeats),
    binding("the charter's Assembly", () => charter.lastHolder(ROLES.assembly), at.assembly),
    binding("the register's roll of voters", () => register.roll(), at.voice),
    binding("the register's ledger", () => register.ledger(), deployment.ledger),
    binding("the ledger's desk for prices", () => ledger.PRICING(), deployment.pricing),
    binding("the ledger's desk for claims", () => ledger.CLAIMS(), deployment.claims),
    binding("the ledger's desk for reversals", () => ledger.REVERSALS(), deployment.reversals),
    binding("the ledger's desk for advances", () => ledger.ADVANCES(), deployment.advances),
    binding("the ledger's desk for compensation", () => ledger.COMPENSATION(), deployment.compensation),
    binding("the ledger's register", () => ledger.REGISTER(), deployment.register),
    binding("the ledger's asset", () => ledger.ASSET(), deployment.asset),
    binding("the prices of claims", () => claims.PRICING(), deployment.pricing),
    binding("the register of works", () => resources.REGISTER(), deployment.register),
    ...Object.entries({ claims, reversals, advances, prices: pricing, compensation }).flatMap(
      ([what, desk]) => [
        binding(`the ledger of ${what}`, () => desk.ledger(), deployment.ledger),
        binding(`the register of ${what}`, () => desk.REGISTER(), deployment.register),
      ],
    ),
    binding("the fee schedule of prices", () => pricing.SCHEDULE(), deployment.schedule),
    binding("the works of prices", () => pricing.RESOURCES(), deployment.resources),
    ...bodies.flatMap((body) => [
      binding(
        `the ${body}'s elections`,
        () => governance[`${body}Seats`].elections(),
        at[`${body}Elections`],
      ),
      binding(`the ${body}'s seats`, () => governance[`${body}Elections`].SEATS(), at[`${body}Seats`]),
      binding(`the ${body}'s voters`, () => governance[body].ELECTORATE(), at[`${body}Seats`]),
    ]),
    binding("the Council's electors", () => governance.councilElections.ELECTORATE(), at.voice),
    binding("the Board's electors", () => governance.boardElections.ELECTORATE(), at.councilSeats),
    binding("the assembly's voters", () => governance.assembly.ELECTORATE(), at.voice),
    ...(["council", "board", "assembly"] as const).map((house) =>
      binding(`the ${house}'s charter`, () => governance[house].CHARTER(), deployment.charter),
    ),
    ...managed(contracts).map(([what, contract]) =>
      binding(`the ${what}'s charter`, () => contract.authority(), deployment.charter),
    ),
  ];
}

/** The contracts that ask a charter, and name it. */
function managed(contracts: Consortium["contracts"]) {
  const { register, schedule, resources, ledger, claims, pricing, compensation, governance } = contracts;
  const { voice, councilSeats, councilElections, boardSeats, boardElections, amendments, admissions } =
    governance;
  return Object.entries({
    register,
    "fee schedule": schedule,
    "registry of works": resources,
    ledger,
    "desk for claims": claims,
    "desk for prices": pricing,
    "desk for compensation": compensation,
    voice,
    "Council's seats": councilSeats,
    "Council's elections": councilElections,
    "Board's seats": boardSeats,
    "Board's elections": boardElections,
    amendments,
    admissions,
  });
}
