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
} from "@nomicfoundation/ignition-core";
import { JsonRpcProvider, type Signer, type TransactionRequest } from "ethers";
import { ConsortiaModule } from "../../../deploy/modules/Consortia.ts";
import type { RoleName } from "../../../deploy/modules/roles.ts";
import type { Deployment } from "../../chain/contracts.ts";
import { decodeError } from "../../chain/errors.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { Preset } from "./preset.ts";
import { isLocal } from "./provider.ts";

const ARTIFACTS = resolve(import.meta.dirname, "../../../artifacts/contracts");

export interface DeployOptions {
  /** Deploys, pays the gas and holds every role that `roles` gives to nobody else. */
  readonly signer: Signer;
  readonly preset: Pick<Preset, "textHash" | "token" | "terms" | "claims">;
  readonly roles?: Readonly<Partial<Record<RoleName, string>>>;
  /** Where Ignition keeps its journal, so that a broken deployment can be resumed; nowhere by default. */
  readonly journal?: string;
  /** How many blocks must follow each transaction; 1 by default. */
  readonly confirmations?: number;
}

/**
 * Puts a whole consortium on the signer's chain: contracts, rights, the reserved accounts.
 * @throws `DeploymentFailed` with Ignition's reasons; `NetworkUnreachable`
 */
export async function deployConsortium(options: DeployOptions): Promise<Deployment> {
  const { signer, preset } = options;
  const provider = nodeOf(signer);
  const local = isLocal(provider._getConnection().url);
  const fromBlock = await provider.getBlockNumber();
  const result = await deploy({
    artifactResolver,
    provider: signingProvider(signer),
    ignitionModule: ConsortiaModule,
    deploymentParameters: parametersOf(preset, options.roles ?? {}),
    accounts: [await signer.getAddress()],
    config: {
      requiredConfirmations: options.confirmations ?? 1,
      blockPollingInterval: local ? 20 : 1_000,
      retryInterval: local ? 50 : 1_000,
      timeBeforeBumpingFees: 180_000,
      maxFeeBumps: 4,
    },
    ...(options.journal === undefined ? {} : { deploymentDir: options.journal }),
  }).catch((error: unknown) => {
    throw decodeError(error);
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) throw failed(result);
  const at = (id: string): string => {
    const contract = result.contracts[id];
    if (contract === undefined) throw new ConsortiaError("DeploymentFailed", `Ignition deployed no ${id}.`);
    return contract.address;
  };
  return {
    chainId: (await provider.getNetwork()).chainId,
    charter: at("Charter#Charter"),
    register: at("Consortia#Register"),
    schedule: at("Consortia#FeeSchedule"),
    ledger: at("Consortia#Ledger"),
    claims: at("Consortia#Claims"),
    reversals: at("Consortia#Reversals"),
    advances: at("Consortia#Advances"),
    asset: at("CreditToken#CreditToken"),
    fromBlock,
  };
}

function nodeOf({ provider }: Signer): JsonRpcProvider {
  if (provider instanceof JsonRpcProvider) return provider;
  throw new ConsortiaError("SignerOffline", "The deployer's key is not connected to a JSON-RPC node.");
}

function parametersOf(
  { textHash, token, terms, claims }: DeployOptions["preset"],
  roles: Readonly<Partial<Record<RoleName, string>>>,
): DeploymentParameters {
  return { Charter: { textHash }, CreditToken: { ...token }, Consortia: { ...terms, ...claims, ...roles } };
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

/** Compiled contracts, as Hardhat left them. */
const artifactResolver: ArtifactResolver = {
  loadArtifact: async (name) => JSON.parse(await artifactText(name)) as Artifact,
  getBuildInfo: () => Promise.resolve(undefined),
};

async function artifactText(name: string): Promise<string> {
  const files = await readdir(ARTIFACTS, { recursive: true }).catch(() => []);
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
