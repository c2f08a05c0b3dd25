import type { ContractRunner } from "ethers";
import {
  Admissions__factory,
  Advances__factory,
  Amendments__factory,
  Chamber__factory,
  Charter__factory,
  Claims__factory,
  Compensation__factory,
  CreditToken__factory,
  Delegates__factory,
  Elections__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Pricing__factory,
  Register__factory,
  Resources__factory,
  Reversals__factory,
  Seats__factory,
  Voice__factory,
} from "./types/index.ts";
import type {
  Admissions,
  Advances,
  Amendments,
  Chamber,
  Charter,
  Claims,
  Compensation,
  CreditToken,
  Delegates,
  Elections,
  FeeSchedule,
  Ledger,
  Pricing,
  Register,
  Resources,
  Reversals,
  Seats,
  Voice,
} from "./types/index.ts";

/** Where a consortium's contracts live. */
export interface Deployment {
  readonly chainId: bigint;
  readonly charter: string;
  readonly register: string;
  readonly schedule: string;
  readonly ledger: string;
  /** The desk that settles what nobody countersigned. */
  readonly claims: string;
  /** The desk that gives back what was refunded or charged twice. */
  readonly reversals: string;
  /** The desk that lends sponsors' cash to members. */
  readonly advances: string;
  /** The desk that says what a statement comes to, and keeps reliefs and grants. */
  readonly pricing: string;
  /** Works, and who holds the rights in them. */
  readonly resources: string;
  /** The desk that pays net lenders. */
  readonly compensation: string;
  /** The settlement asset: any plain ERC-20; the consortium's own credit token by default. */
  readonly asset: string;
  /** What the members govern by. */
  readonly governance: GovernanceAddresses;
  /** The block the ledger was created in: no event lies before it. */
  readonly fromBlock: number;
}

/** Where the contracts live by which the members govern. */
export type GovernanceAddresses = Readonly<Record<keyof Governance, string>>;

/** Typed handles of the contracts by which the members govern. */
export interface Governance {
  /** The people who can be elected. */
  readonly delegates: Delegates;
  /** Who votes in the assembly and for the council, and with which weight. */
  readonly voice: Voice;
  readonly councilSeats: Seats;
  readonly councilElections: Elections;
  readonly boardSeats: Seats;
  readonly boardElections: Elections;
  readonly council: Chamber;
  readonly board: Chamber;
  readonly assembly: Chamber;
  /** How the charter changes: its only administrator after the handover. */
  readonly amendments: Amendments;
  /** Who becomes a member. */
  readonly admissions: Admissions;
}

/** Typed handles of a consortium's contracts. */
export interface Contracts {
  readonly charter: Charter;
  readonly register: Register;
  readonly schedule: FeeSchedule;
  readonly ledger: Ledger;
  readonly claims: Claims;
  readonly reversals: Reversals;
  readonly advances: Advances;
  readonly pricing: Pricing;
  readonly resources: Resources;
  readonly compensation: Compensation;
  readonly asset: CreditToken;
  readonly governance: Governance;
}

/** Binds typed handles to a provider (reading) or a signer (reading and writing). */
export function contractsAt(deployment: Deployment, runner: ContractRunner): Contracts {
  return {
    charter: Charter__factory.connect(deployment.charter, runner),
    register: Register__factory.connect(deployment.register, runner),
    schedule: FeeSchedule__factory.connect(deployment.schedule, runner),
    ledger: Ledger__factory.connect(deployment.ledger, runner),
    claims: Claims__factory.connect(deployment.claims, runner),
    reversals: Reversals__factory.connect(deployment.reversals, runner),
    advances: Advances__factory.connect(deployment.advances, runner),
    pricing: Pricing__factory.connect(deployment.pricing, runner),
    resources: Resources__factory.connect(deployment.resources, runner),
    compensation: Compensation__factory.connect(deployment.compensation, runner),
    asset: CreditToken__factory.connect(deployment.asset, runner),
    governance: governanceAt(deployment.governance, runner),
  };
}

function governanceAt(at: GovernanceAddresses, runner: ContractRunner): Governance {
  return {
    delegates: Delegates__factory.connect(at.delegates, runner),
    voice: Voice__factory.connect(at.voice, runner),
    councilSeats: Seats__factory.connect(at.councilSeats, runner),
    councilElections: Elections__factory.connect(at.councilElections, runner),
    boardSeats: Seats__factory.connect(at.boardSeats, runner),
    boardElections: Elections__factory.connect(at.boardElections, runner),
    council: Chamber__factory.connect(at.council, runner),
    board: Chamber__factory.connect(at.board, runner),
    assembly: Chamber__factory.connect(at.assembly, runner),
    amendments: Amendments__factory.connect(at.amendments, runner),
    admissions: Admissions__factory.connect(at.admissions, runner),
  };
}
