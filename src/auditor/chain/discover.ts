import { getAddress, Interface, isAddress } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { agree, callAll } from "./agree.ts";
import { addressesOf, findGovernance, type GovernanceSite } from "./governance.ts";
import type { ChainNode } from "./node.ts";
import { lastBlock } from "./pages.ts";

/** Everything that can be found from a ledger's address alone. */
export interface Site {
  readonly chainId: bigint;
  readonly ledger: string;
  readonly register: string;
  readonly schedule: string;
  readonly charter: string;
  readonly asset: string;
  /** The desk for claims, where the ledger has one. */
  readonly claims?: string;
  /** The desk for reversals, where the ledger has one. */
  readonly reversals?: string;
  /** The desk for advances, where the ledger has one. */
  readonly advances?: string;
  /** The contracts by which members govern, where there are some. */
  readonly governance?: GovernanceSite;
  /** The first block that can hold a log of these contracts but the asset. */
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

const VIEWS = new Interface([
  "function REGISTER() view returns (address)",
  "function SCHEDULE() view returns (address)",
  "function ASSET() view returns (address)",
  "function CLAIMS() view returns (address)",
  "function REVERSALS() view returns (address)",
  "function ADVANCES() view returns (address)",
  "function authority() view returns (address)",
  "function ledger() view returns (address)",
  "function eip712Domain() view returns (bytes1, string, string, uint256, address, bytes32, uint256[])",
]);
const NAME = "Consortia Ledger";

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
  await mustBeLedger(nodes, contract, chainId, head);

  const named = (name: string) => addressOf(nodes, contract, name, head);
  const needed = async (name: string) => (await named(name)) ?? foreign(contract, `has no ${name}()`);
  const [register, schedule, charter] = [
    await needed("REGISTER"),
    await needed("SCHEDULE"),
    await needed("authority"),
  ];
  const asset = await needed("ASSET");
  const [claims, reversals, advances] = [
    await named("CLAIMS"),
    await named("REVERSALS"),
    await named("ADVANCES"),
  ];
  const others = [register, schedule, charter, claims, reversals, advances].filter(
    (one) => one !== undefined,
  );
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
  const desks = {
    ...(claims === undefined ? {} : { claims }),
    ...(reversals === undefined ? {} : { reversals }),
    ...(advances === undefined ? {} : { advances }),
    ...(governance === undefined ? {} : { governance }),
  };
  const created = { block, timestamp };
  return { chainId, ledger: contract, register, schedule, charter, asset, ...desks, fromBlock, created };
}

/** The contract says what it is, on which chain and where (ERC-5267). */
async function mustBeLedger(nodes: readonly ChainNode[], ledger: string, chainId: bigint, block: number) {
  const answer = await view(nodes, ledger, "eip712Domain", block);
  const [, name, , chain, self] = answer ?? [];
  if (name !== NAME) foreign(ledger, `does not call itself "${NAME}"`);
  if (chain !== chainId || self !== ledger) foreign(ledger, "says that it is another contract's code");
}

/** An address that a view returns, or undefined where there is no such view. */
async function addressOf(nodes: readonly ChainNode[], to: string, name: string, block: number) {
  const [address] = (await view(nodes, to, name, block)) ?? [];
  return typeof address === "string" ? address : undefined;
}

async function view(nodes: readonly ChainNode[], to: string, name: string, block: number) {
  try {
    const answer = await callAll(nodes, to, VIEWS.encodeFunctionData(name), block);
    return [...VIEWS.decodeFunctionResult(name, answer)] as unknown[];
  } catch (error) {
    if (error instanceof ConsortiaError && error.code !== "CallReverted") throw error;
    return undefined;
  }
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

function foreign(ledger: string, why: string): never {
  throw new ConsortiaError(
    "DeploymentForeign",
    `The contract at ${ledger} is no ledger of a consortium: it ${why}. Is the address right?`,
    { values: { ledger } },
  );
}
