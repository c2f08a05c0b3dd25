import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { GovernanceModule } from "../../../deploy/modules/Governance.ts";
import type { BootstrapRole } from "../../../deploy/modules/roles.ts";
import type { Deployment } from "../../chain/contracts.ts";
import type { Preset } from "./preset.ts";
import { ignite, nodeOf, type IgniteOptions } from "./ignite.ts";
import { governanceParameters, type Founders } from "./founding.ts";

export interface DeployOptions extends IgniteOptions {
  readonly preset: Pick<Preset, "textHash" | "token" | "terms" | "claims" | "governance">;
  /** Who holds which role until the consortium is handed over; the signer holds those that are not named. */
  readonly roles?: Readonly<Partial<Record<BootstrapRole, string>>>;
  /** The keys of those who sit until the first elections; nobody by default. */
  readonly founders?: Partial<Founders>;
}

/**
 * Puts a whole consortium on the signer's chain: the book, what the members govern by, rights, the reserved accounts.
 * The signer stays its administrator until {@link handOver}.
 * @throws `DeploymentFailed` with Ignition's reasons; `FoundersInvalid`; `NetworkUnreachable`
 */
export async function deployConsortium(options: DeployOptions): Promise<Deployment> {
  const provider = nodeOf(options.signer);
  const fromBlock = await provider.getBlockNumber();
  const at = await ignite(GovernanceModule, parametersOf(options), options);
  return {
    chainId: (await provider.getNetwork()).chainId,
    charter: at("Charter#Charter"),
    register: at("Consortia#Register"),
    schedule: at("Consortia#FeeSchedule"),
    ledger: at("Consortia#Ledger"),
    claims: at("Consortia#Claims"),
    reversals: at("Consortia#Reversals"),
    advances: at("Consortia#Advances"),
    pricing: at("Consortia#Pricing"),
    resources: at("Consortia#Resources"),
    compensation: at("Consortia#Compensation"),
    asset: at("CreditToken#CreditToken"),
    governance: {
      delegates: at("Governance#Delegates"),
      voice: at("Governance#Voice"),
      councilSeats: at("Governance#CouncilSeats"),
      councilElections: at("Governance#CouncilElections"),
      boardSeats: at("Governance#BoardSeats"),
      boardElections: at("Governance#BoardElections"),
      council: at("Governance#Council"),
      board: at("Governance#Board"),
      assembly: at("Governance#Assembly"),
      amendments: at("Governance#Amendments"),
      admissions: at("Governance#Admissions"),
    },
    fromBlock,
  };
}

function parametersOf({ preset, roles = {}, founders = {} }: DeployOptions): DeploymentParameters {
  const { textHash, token, terms, claims, governance } = preset;
  return {
    Charter: { textHash },
    CreditToken: { ...token },
    Consortia: { ...terms, ...claims, ...roles },
    Governance: governanceParameters(governance, { council: [], board: [], ...founders }),
  };
}
