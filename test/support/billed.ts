import { id } from "ethers";
import { hash, statementNumber } from "../../src/core/ids.ts";
import type { Hash } from "../../src/core/ids.ts";
import { treeDomain } from "../../src/core/leaf.ts";
import { credits } from "../../src/core/money.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import type { Mode, Statement } from "../../src/core/statement.ts";
import { buildTree } from "../../src/core/tree.ts";
import type { RecordsOf } from "../../src/sdk/duplicates.ts";
import { countersign, sendPost } from "../../src/sdk/statements.ts";
import type { PostedBatch } from "../../src/sdk/statements.ts";
import { LOAN } from "./consortium.ts";
import type { TestMember } from "./consortium.ts";
import { GROSS, loans, statementOf } from "./statements.ts";
import type { World } from "./world.ts";

/** A statement and the records under its root. */
export interface Billed {
  readonly statement: Statement;
  readonly records: readonly ServiceRecord[];
}

interface BilledOptions {
  readonly number?: number;
  readonly supplier?: TestMember;
  readonly consumer?: TestMember;
}

/** One loan for each request, from ada to bob unless told otherwise. */
export function billed(world: World, requests: readonly string[], options: BilledOptions = {}): Billed {
  const { number = 1, supplier = world.ada, consumer = world.bob } = options;
  const records = requests.map((request): ServiceRecord => ({
    supplier: supplier.id,
    consumer: consumer.id,
    request: hash(id(request)),
    service: LOAN,
    charge: 0,
    quantity: 1,
    amount: GROSS,
    details: hash(id(`${number} ${request}`)),
  }));
  const { chainId, ledger } = world.deployment;
  const { root } = buildTree(treeDomain(chainId, ledger), records);
  const parties = { supplier: supplier.id, consumer: consumer.id, number: statementNumber(number) };
  return { statement: statementOf(world, { ...parties, lines: loans(requests.length), root }), records };
}

/** Posts statements of ada's in one batch, each countersigned by its consumer. */
export async function postBilled(
  world: World,
  statements: readonly Billed[],
  mode: Mode = "allOrNothing",
): Promise<PostedBatch> {
  const members = [world.ada, world.bob, world.eve];
  const signed = [];
  for (const { statement } of statements) {
    const consumer = members.find((member) => member.id === statement.consumer);
    signed.push(await countersign(world.admin, consumer!.key, statement));
  }
  return sendPost(world.ada.as, { statements: signed, mode });
}

/** Records by root, as a party's bundles hold them. */
export function recordsIn(statements: readonly Billed[]): RecordsOf {
  const byRoot = new Map<Hash, readonly ServiceRecord[]>(
    statements.map(({ statement, records }) => [statement.root, records]),
  );
  return (root) => Promise.resolve(byRoot.get(root));
}

/** What so many loans come to. */
export const grossOf = (count: number) => credits(GROSS * BigInt(count));
