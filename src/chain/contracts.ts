import type { ContractRunner } from "ethers";
import {
  Advances__factory,
  Charter__factory,
  Claims__factory,
  CreditToken__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Register__factory,
  Reversals__factory,
} from "./types/index.ts";
import type {
  Advances,
  Charter,
  Claims,
  CreditToken,
  FeeSchedule,
  Ledger,
  Register,
  Reversals,
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
  /** The settlement asset: any plain ERC-20; the consortium's own credit token by default. */
  readonly asset: string;
  /** The block the ledger was created in: no event lies before it. */
  readonly fromBlock: number;
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
  readonly asset: CreditToken;
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
    asset: CreditToken__factory.connect(deployment.asset, runner),
  };
}
