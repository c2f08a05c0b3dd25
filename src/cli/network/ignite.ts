import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  deploy,
  DeploymentResultType,
  type Artifact,
  type ArtifactResolver,
  type DeploymentParameters,
  type DeploymentResult,
  type EIP1193Provider,
  type IgnitionModule,
} from "@nomicfoundation/ignition-core";
import { JsonRpcProvider, type Signer, type TransactionRequest } from "ethers";
import { decodeError } from "../../chain/errors.ts";
import { ConsortiaError } from "../../core/error.ts";
import { isLocal } from "./provider.ts";

const ARTIFACTS = resolve(import.meta.dirname, "../../../artifacts/contracts");

/** Who runs a module, and how. */
export interface IgniteOptions {
  /** Sends every transaction and pays for it. */
  readonly signer: Signer;
  /** Where Ignition keeps its journal, so that a broken run can be resumed; nowhere by default. */
  readonly journal?: string;
  /** How many blocks must follow each transaction; 1 by default. */
  readonly confirmations?: number;
}

/**
 * Runs an Ignition module with the signer's key.
 * @returns the address of each contract, by its id in the module
 * @throws `DeploymentFailed` with Ignition's reasons; `NetworkUnreachable`
 */
export async function ignite(
  ignitionModule: IgnitionModule,
  parameters: DeploymentParameters,
  { signer, journal, confirmations }: IgniteOptions,
): Promise<(id: string) => string> {
  const provider = nodeOf(signer);
  const local = isLocal(provider._getConnection().url);
  const result = await deploy({
    artifactResolver,
    provider: signingProvider(signer),
    ignitionModule,
    deploymentParameters: parameters,
    accounts: [await signer.getAddress()],
    config: {
      requiredConfirmations: confirmations ?? 1,
      blockPollingInterval: local ? 20 : 1_000,
      retryInterval: local ? 50 : 1_000,
      timeBeforeBumpingFees: 180_000,
      maxFeeBumps: 4,
    },
    ...(journal === undefined ? {} : { deploymentDir: journal }),
  }).catch((error: unknown) => {
    throw decodeError(error);
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) throw failed(result);
  return (id) => {
    const contract = result.contracts[id];
    if (contract === undefined) throw new ConsortiaError("DeploymentFailed", `Ignition deployed no ${id}.`);
    return contract.address;
  };
}

/** The node behind a key. @throws `SignerOffline` */
export function nodeOf({ provider }: Signer): JsonRpcProvider {
  if (provider instanceof JsonRpcProvider) return provider;
  throw new ConsortiaError("SignerOffline", "The deployer's key is not connected to a JSON-RPC node.");
}

/** Ignition asks its node to send; here the key signs on this machine and the node gets bytes only. */
function signingProvider(signer: Signer): EIP1193Provider {
  const provider = nodeOf(signer);
  return {
    request: async ({ method, params }) => {
      if (method !== "eth_sendTransaction") {
        return (await provider.send(method, (params ?? []) as unknown[])) as unknown;
      }
      const [request] = params as [Record<string, string>];
      const { gas, nonce, ...rest } = request;
      const call: TransactionRequest = {
        ...rest,
        ...(gas === undefined ? {} : { gasLimit: gas }),
        ...(nonce === undefined ? {} : { nonce: Number(nonce) }),
      };
      return (await signer.sendTransaction(call)).hash;
    },
  };
}

let listing: Promise<string[]> | undefined;

/** Compiled contracts, as Hardhat left them. */
const artifactResolver: ArtifactResolver = {
  loadArtifact: async (name) => JSON.parse(await artifactText(name)) as Artifact,
  getBuildInfo: () => Promise.resolve(undefined),
};

async function artifactText(name: string): Promise<string> {
  const files = await (listing ??= readdir(ARTIFACTS, { recursive: true }).catch(() => []));
  const file = files.find((path) => path.endsWith(join(`${name}.sol`, `${name}.json`)));
  if (file !== undefined) return readFile(join(ARTIFACTS, file), "utf8");
  throw new ConsortiaError("ContractMissing", `${name} is not compiled. Run "npm run build".`, {
    values: { name },
  });
}

function failed(result: Exclude<DeploymentResult, { type: DeploymentResultType.SUCCESSFUL_DEPLOYMENT }>) {
  const reasons =
    result.type === DeploymentResultType.EXECUTION_ERROR
      ? [
          ...result.failed.map(({ futureId, error }) => `${futureId}: ${error}`),
          ...result.timedOut.map(({ futureId }) => `${futureId}: not mined in time`),
        ]
      : Object.entries(result.errors).map(([futureId, errors]) => `${futureId}: ${errors.join(", ")}`);
  return new ConsortiaError(
    "DeploymentFailed",
    `The deployment stopped half-way. ${reasons.join("; ")}. Mend the cause and deploy again.`,
    { retryable: result.type === DeploymentResultType.EXECUTION_ERROR, values: { reasons } },
  );
}
