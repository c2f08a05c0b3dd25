import type { Provider, Signer } from "ethers";
import { contractsAt } from "../chain/contracts.ts";
import type { Contracts, Deployment } from "../chain/contracts.ts";
import { ledgerDomain, type LedgerDomain } from "../chain/signing.ts";
import { ConsortiaError } from "../core/error.ts";

/** A consortium on a chain, as one key sees it. */
export interface Consortium {
  readonly deployment: Deployment;
  readonly contracts: Contracts;
  readonly provider: Provider;
  /** Absent for readers. */
  readonly signer?: Signer;
  readonly domain: LedgerDomain;
}

/**
 * Opens a consortium for reading, or for writing where a signer is given.
 * @throws `NetworkWrong` where the provider speaks for another chain
 * @throws `DeploymentMissing` where there is no ledger at the address
 */
export async function openConsortium(
  deployment: Deployment,
  provider: Provider,
  signer?: Signer,
): Promise<Consortium> {
  const { chainId } = await provider.getNetwork();
  if (chainId !== deployment.chainId) {
    throw new ConsortiaError(
      "NetworkWrong",
      `The consortium lives on chain ${deployment.chainId}, the node speaks for chain ${chainId}. Point CONSORTIA_RPC_URL elsewhere.`,
      { values: { expected: deployment.chainId, found: chainId } },
    );
  }
  if ((await provider.getCode(deployment.ledger)) === "0x") {
    throw new ConsortiaError(
      "DeploymentMissing",
      `There is no contract at ${deployment.ledger}. Was the chain reset? Deploy again, or name another deployment.`,
      { values: { ledger: deployment.ledger } },
    );
  }
  return {
    deployment,
    provider,
    ...(signer === undefined ? {} : { signer }),
    contracts: contractsAt(deployment, signer ?? provider),
    domain: ledgerDomain(deployment.chainId, deployment.ledger),
  };
}

/** The same consortium seen by another key. */
export function actAs(consortium: Consortium, signer: Signer): Consortium {
  const connected = signer.provider === null ? signer.connect(consortium.provider) : signer;
  return { ...consortium, signer: connected, contracts: contractsAt(consortium.deployment, connected) };
}
