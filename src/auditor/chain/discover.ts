import { getAddress, isAddress } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { agree } from "./agree.ts";
import { addressesOf, findGovernance, type GovernanceSite } from "./governance.ts";
import { findHouse, foreign, houseAddresses, type House } from "./house.ts";
import type { ChainNode } from "./node.ts";
import { lastBlock } from "./pages.ts";

/** Everything that can be found from a ledger's address alone. */
export interface Site extends House {
  readonly chainId: bigint;
  readonly ledger: string;
  /** The contracts by which members govern, where there are some. */
  readonly governance?: GovernanceSite;
  /** The first block that can hold a log of these contracts; of the asset, only where it is the consortium's own. */
  readonly fromBlock: number;
  /** The block the ledger was created in, and its second. */
  readonly created: { readonly block: number; readonly timestamp: number };
}

export interface DiscoverOptions {
  /** The chain that the ledger is said to be on; any by default. */
  readonly chainId?: bigint;
  /** A block before which none of the contracts was there, for nodes that forget old states. */
  readonly fromBlock?: number;
}

/**
 * Finds a ledger's other contracts and where its logs begin. Every node must say the same.
 * @throws `AddressInvalid`; `NetworkWrong` where the nodes speak for another chain; `DeploymentMissing` where no
 * contract is; `DeploymentForeign` where another one is; `HistoryMissing` where a node forgets old states and
 * `fromBlock` is not given; `BlockLate` where it is given too late; `NodesDisagree`
 */
export async function discover(
  nodes: readonly ChainNode[],
  ledger: string,
  options: DiscoverOptions = {},
): Promise<Site> {
  const valid: boolean = isAddress(ledger);
  if (!valid) {
    const message = `"${ledger}" is no address of a contract: 0x and 40 digits.`;
    throw new ConsortiaError("AddressInvalid", message, { values: { address: ledger } });
  }
  const head = await lastBlock(nodes);
  const chainId = await agree(nodes, "the chain", (node) => node.chainId());
  if (options.chainId !== undefined && options.chainId !== chainId)
    throw wrongChain(options.chainId, chainId);
  const contract = getAddress(ledger);
  const exists = (address: string, block: number) =>
    agree(nodes, `the code at ${address}`, (node) => node.code(address, block)).then((code) => code !== "0x");
  if (!(await exists(contract, head))) throw missing(contract, head);
  const house = await findHouse(nodes, contract, chainId, head);
  const { register, charter, asset } = house;
  const others = houseAddresses(house);
  for (const other of [...others, asset]) {
    if (!(await exists(other, head))) foreign(contract, `names ${other}, where no contract is`);
  }

  /** The first block of a contract, where that lies before a block. */
  const before = async (other: string, block: number): Promise<number> => {
    const older = block > 0 && (await exists(other, block - 1).catch(ignoring("HistoryMissing")));
    return older ? birth(exists, other, options.fromBlock, block - 1) : block;
  };
  const block = await birth(exists, contract, options.fromBlock, head);
  let fromBlock = block;
  for (const other of others) fromBlock = await before(other, fromBlock);
  const governance = await findGovernance(nodes, { register, charter, fromBlock }, head);
  if (governance !== undefined) {
    for (const other of addressesOf(governance)) fromBlock = await before(other, fromBlock);
  }
  const { timestamp } = await nodes[0]!.getBlock(block);
  const created = { block, timestamp };
  const governed = governance === undefined ? {} : { governance };
  return { chainId, ledger: contract, ...house, ...governed, fromBlock, created };
}

/** The first block in which a contract is there, given one in which it is: halves the range until one is left. */
async function birth(
  exists: (address: string, block: number) => Promise<boolean>,
  address: string,
  named: number | undefined,
  there: number,
): Promise<number> {
  let [before, block] = [(named ?? 0) - 1, there];
  try {
    if (before >= 0 && (await exists(address, before))) throw late(address, before + 1);
    while (block - before > 1) {
      const middle = Math.floor((before + block) / 2);
      if (await exists(address, middle)) block = middle;
      else before = middle;
    }
  } catch (cause) {
    if (!isConsortiaError(cause, "HistoryMissing")) throw cause;
    if (named !== undefined) return named;
    const message = `The node forgets old states, so it cannot tell when ${address} was created. Name an archive node, or the block with --from-block.`;
    throw new ConsortiaError("HistoryMissing", message, { cause, values: { address, block: there } });
  }
  return block;
}

/** Takes one kind of refusal for a no. */
const ignoring = (code: string) => (error: unknown) => {
  if (isConsortiaError(error, code)) return false;
  throw error;
};

const wrongChain = (expected: bigint, found: bigint) =>
  new ConsortiaError(
    "NetworkWrong",
    `The ledger is on chain ${expected}, and the node speaks for chain ${found}. Name a node of chain ${expected}.`,
    { values: { expected, found } },
  );

const late = (address: string, block: number) =>
  new ConsortiaError(
    "BlockLate",
    `The contract at ${address} is older than block ${block}. Name an earlier block, or none.`,
    { values: { address, block } },
  );

const missing = (ledger: string, block: number) =>
  new ConsortiaError(
    "DeploymentMissing",
    `There is no contract at ${ledger} in block ${block}. Is the address right, and the chain?`,
    { values: { ledger, block } },
  );
