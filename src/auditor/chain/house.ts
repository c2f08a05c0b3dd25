import { Interface } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { callAll } from "./agree.ts";
import type { ChainNode } from "./node.ts";

/** The contracts that a ledger names, and those that they name. */
export interface House {
  readonly register: string;
  readonly schedule: string;
  readonly charter: string;
  readonly asset: string;
  /** The desk that quotes, and keeps reliefs and grants. */
  readonly pricing: string;
  /** Who holds the rights in which works. */
  readonly resources: string;
  /** The desk for claims, where the ledger has one. */
  readonly claims?: string;
  /** The desk for reversals, where the ledger has one. */
  readonly reversals?: string;
  /** The desk for advances, where the ledger has one. */
  readonly advances?: string;
  /** The desk that pays net lenders, where the ledger has one. */
  readonly compensation?: string;
  /** The settlement asset, where it is the consortium's own credit token. */
  readonly credit?: string;
}

const VIEWS = new Interface([
  "function REGISTER() view returns (address)",
  "function ASSET() view returns (address)",
  "function PRICING() view returns (address)",
  "function SCHEDULE() view returns (address)",
  "function RESOURCES() view returns (address)",
  "function CLAIMS() view returns (address)",
  "function REVERSALS() view returns (address)",
  "function ADVANCES() view returns (address)",
  "function COMPENSATION() view returns (address)",
  "function authority() view returns (address)",
  "function committed() view returns (uint256)",
  "function received() view returns (uint256)",
  "function eip712Domain() view returns (bytes1, string, string, uint256, address, bytes32, uint256[])",
]);
const NAME = "Consortia Ledger";

/**
 * Asks a ledger, and what it names, for every other contract. Every node must say the same.
 * @param ledger as `getAddress` spells it
 * @throws `DeploymentForeign` where it is no ledger, or lacks what every ledger names; `NodesDisagree`
 */
export async function findHouse(
  nodes: readonly ChainNode[],
  ledger: string,
  chainId: bigint,
  block: number,
): Promise<House> {
  const [, name, , chain, self] = (await ask(nodes, ledger, "eip712Domain", block)) ?? [];
  if (name !== NAME) foreign(ledger, `does not call itself "${NAME}"`);
  if (chain !== chainId || self !== ledger) foreign(ledger, "says that it is another contract's code");

  const named = async (view: string, of = ledger): Promise<string | undefined> => {
    const [address] = (await ask(nodes, of, view, block)) ?? [];
    return typeof address === "string" ? address : undefined;
  };
  const needed = async (view: string, of = ledger): Promise<string> =>
    (await named(view, of)) ??
    foreign(ledger, of === ledger ? `has no ${view}()` : `names ${of}, which has no ${view}()`);

  const [register, charter, asset] = [
    await needed("REGISTER"),
    await needed("authority"),
    await needed("ASSET"),
  ];
  const pricing = await needed("PRICING");
  const [schedule, resources] = [await needed("SCHEDULE", pricing), await needed("RESOURCES", pricing)];
  const own =
    (await named("authority", asset)) === charter &&
    (await ask(nodes, asset, "committed", block)) !== undefined &&
    (await ask(nodes, asset, "received", block)) !== undefined;
  return {
    ...{ register, schedule, charter, asset, pricing, resources },
    ...optional({
      claims: await named("CLAIMS"),
      reversals: await named("REVERSALS"),
      advances: await named("ADVANCES"),
      compensation: await named("COMPENSATION"),
      credit: own ? asset : undefined,
    }),
  };
}

/** Every contract of a house whose logs are read, without the ledger's. */
export function houseAddresses(house: House): string[] {
  const { register, schedule, charter, pricing, resources } = house;
  const { claims, reversals, advances, compensation, credit } = house;
  const own = [claims, reversals, advances, compensation, credit].filter((one) => one !== undefined);
  return [register, schedule, charter, pricing, resources, ...own];
}

/** A house by itself, of whoever knows more. */
export function houseOf(house: House): House {
  const { register, schedule, charter, asset, pricing, resources } = house;
  return { register, schedule, charter, asset, pricing, resources, ...optional(house) };
}

type Optional = "claims" | "reversals" | "advances" | "compensation" | "credit";

function optional(found: Readonly<Partial<Record<Optional, string | undefined>>>): Pick<House, Optional> {
  const { claims, reversals, advances, compensation, credit } = found;
  return {
    ...(claims === undefined ? {} : { claims }),
    ...(reversals === undefined ? {} : { reversals }),
    ...(advances === undefined ? {} : { advances }),
    ...(compensation === undefined ? {} : { compensation }),
    ...(credit === undefined ? {} : { credit }),
  };
}

async function ask(nodes: readonly ChainNode[], to: string, name: string, block: number) {
  try {
    const answer = await callAll(nodes, to, VIEWS.encodeFunctionData(name), block);
    return [...VIEWS.decodeFunctionResult(name, answer)] as unknown[];
  } catch (error) {
    if (error instanceof ConsortiaError && error.code !== "CallReverted") throw error;
    return undefined;
  }
}

export function foreign(ledger: string, why: string): never {
  throw new ConsortiaError(
    "DeploymentForeign",
    `The contract at ${ledger} is no ledger of a consortium: it ${why}. Is the address right?`,
    { values: { ledger } },
  );
}
