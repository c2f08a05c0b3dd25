import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContractTransactionResponse, HDNodeWallet } from "ethers";
import { agency, COMMONS, statementNumber, type MemberId } from "../../src/core/ids.ts";
import { parseCredits } from "../../src/core/money.ts";
import { addMonths, periodStart, type PeriodId } from "../../src/core/period.ts";
import { encodeBatch, MODES, type Line, type Mode, type Statement } from "../../src/core/statement.ts";
import {
  bundleRecords,
  bundleTree,
  randomSalt,
  sealBundle,
  type BundleRecord,
} from "../../src/records/bundle.ts";
import { createDirectoryStore } from "../../src/records/directory.ts";
import { actAs, type Consortium } from "../../src/sdk/consortium.ts";
import { countersign } from "../../src/sdk/statements.ts";
import { packedAlone, type Recorded } from "./desk-records.ts";
import { createWorld, type World } from "./world.ts";

/** Whoever bills and countersigns. */
export interface Party {
  readonly id: MemberId;
  readonly key: HDNodeWallet;
  readonly as: Consortium;
}

/** A world whose records are kept, and whose COMMONS has a key. */
export interface Balanced extends World {
  /** The folder of bundles. */
  readonly records: string;
  readonly commons: Party;
  close(): Promise<void>;
}

/** A line with the amounts of its records and the details that all of them carry. */
export interface BilledLine extends Line {
  readonly amounts: readonly string[];
  readonly details?: Readonly<Record<string, string>>;
}

export async function createBalanced(): Promise<Balanced> {
  const world = await createWorld();
  const records = await mkdtemp(join(tmpdir(), "consortia-balanced-"));
  const key = await world.createKey();
  const close = async (): Promise<void> => {
    await rm(records, { recursive: true, force: true });
    await world.connection.close();
  };
  return { ...world, records, commons: { id: COMMONS, key, as: actAs(world.admin, key) }, close };
}

let number = 0;

/** A statement of these lines, its records kept in a folder. */
export async function draw(
  world: Balanced,
  [supplier, consumer]: readonly [Party, Party],
  period: PeriodId,
  lines: readonly BilledLine[],
  folder = world.records,
): Promise<Recorded> {
  const own = statementNumber(++number);
  const records = lines.flatMap(({ service, amounts, quantity, details = {} }, line) =>
    amounts.map((amount, i): BundleRecord => ({
      request: {
        requesting: agency("ISIL", `XA-T${consumer.id}`),
        supplying: agency("ISIL", `XA-T${supplier.id}`),
        id: `${own}-${line}-${i}`,
      },
      ...{ service, charge: 0, quantity: quantity / amounts.length, amount, salt: randomSalt(), details },
      completedAt: periodStart(period) + 86_400,
    })),
  );
  const { chainId, ledger } = world.deployment;
  const parties = { supplier: supplier.id, consumer: consumer.id, number: own, period };
  const bundle = sealBundle({ chainId: Number(chainId), ledger, ...parties, records });
  await createDirectoryStore(folder).put(bundle);
  const statement: Statement = {
    ...{ ...parties, root: bundle.root, maximum: parseCredits("1000"), lastPeriod: addMonths(period, 3) },
    lines: lines.map(({ service, quantity, resource }) => ({
      ...{ service, quantity },
      ...(resource === undefined ? {} : { resource }),
    })),
  };
  const packed = packedAlone(statement);
  return { statement, packed, records: bundleRecords(bundle), tree: bundleTree(bundle) };
}

/** Has the consumer sign a statement and the supplier post it. */
export async function charge(
  world: Balanced,
  [supplier, consumer]: readonly [Party, Party],
  { statement }: Recorded,
  mode: Mode = "allOrNothing",
): Promise<ContractTransactionResponse> {
  const signed = await countersign(world.admin, consumer.key, statement);
  return supplier.as.contracts.ledger.post(supplier.id, MODES[mode], encodeBatch([signed]));
}
