import { dataSlice, toBigInt } from "ethers";
import type { ContractTransactionResponse } from "ethers";
import { statementDigest } from "../../src/chain/signing.ts";
import { batchPath, batchRoot, hashBatchLeaf } from "../../src/core/batch.ts";
import type { BatchLeaf } from "../../src/core/batch.ts";
import type { Hash } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import type { Credits } from "../../src/core/money.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import type { Statement } from "../../src/core/statement.ts";
import type { ChargedStatementStruct } from "../../src/chain/types/interfaces/IReversals.ts";
import { acceptance, claim } from "./claims.ts";
import { recorded, shown } from "./desk-records.ts";
import type { Recorded } from "./desk-records.ts";
import { c, packed, post } from "./statements.ts";
import type { World } from "./world.ts";

/** A statement that was charged, as the desk takes it. */
export interface Charged extends Recorded {
  readonly id: Hash;
  readonly charged: ChargedStatementStruct;
}

/** Countersigns and posts statements in one batch; what each was charged is read from the log. */
export async function postAll(
  world: World,
  statements: readonly Recorded[],
  acknowledged: readonly Credits[] = [],
): Promise<Charged[]> {
  const by = [world.ada, world.bob, world.eve].find(({ id }) => id === statements[0]?.statement.supplier);
  const batch = await Promise.all(statements.map(({ statement }) => packed(world, statement)));
  const sent = await post(world, batch, { mode: "acknowledge", by: by ?? world.ada });
  return chargedIn(world, statements, sent, acknowledged);
}

/** The statements of a posted batch with the proofs of their charges. */
export async function chargedIn(
  world: World,
  statements: readonly Recorded[],
  sent: ContractTransactionResponse,
  acknowledged: readonly Credits[] = [],
): Promise<Charged[]> {
  const receipt = await sent.wait();
  const logs = await world.ledger.queryFilter(world.ledger.filters.StatementsPosted(), receipt?.blockNumber);
  const event = logs.find(({ transactionHash }) => transactionHash === sent.hash);
  if (event === undefined) throw new Error("nothing was posted");
  const { batchRoot: root, charges } = event.args;
  const amount = (at: number) => credits(toBigInt(dataSlice(charges, at, at + 8)));
  const settled = await world.pricing.queryFilter(world.pricing.filters.LegsSettled(), receipt?.blockNumber);
  const relieved = (number: number) => {
    const log = settled.find(({ args }) => args.number === BigInt(number));
    const aids = (log?.args.legs ?? []).filter((leg) => leg >> 255n === 1n);
    return credits(aids.reduce((sum, leg) => sum + BigInt.asUintN(64, leg), 0n));
  };
  const leaves = statements.map(({ statement }, i) => ({
    digest: statementDigest(world.admin.domain, statement),
    gross: amount(16 * i),
    fee: amount(16 * i + 8),
    acknowledged: acknowledged[i] ?? c("0"),
    relieved: relieved(statement.number),
  }));
  if (batchRoot(leaves) !== root) throw new Error("the charges do not make the batch's root");
  return statements.map((made, i) => ({
    ...made,
    id: leaves[i]!.digest,
    charged: chargedStruct(made.packed, leaves[i]!, root, batchPath(leaves, i)),
  }));
}

/** Posts one statement of these records. */
export async function postRecorded(
  world: World,
  records: readonly ServiceRecord[],
  changes: Partial<Statement> = {},
  acknowledged: Credits = c("0"),
): Promise<Charged> {
  const [charged] = await postAll(world, [recorded(world, records, changes)], [acknowledged]);
  if (charged === undefined) throw new Error("nothing was posted");
  return charged;
}

/** Claims a statement of these records, which bob accepts. */
export async function acceptRecorded(
  world: World,
  records: readonly ServiceRecord[],
  changes: Partial<Statement> = {},
): Promise<Charged> {
  const claimed = await claim(world, changes, records);
  const { gross, fee } = await world.claims.claimOf(claimed.id);
  await world.claims.accept(claimed.id, await acceptance(world, claimed.statement));
  return settledClaim(claimed, credits(gross), credits(fee));
}

/** A claim that was charged so much: a batch of one. */
export function settledClaim(
  claimed: Recorded & { readonly id: Hash },
  gross: Credits,
  fee: Credits,
  acknowledged: Credits = c("0"),
): Charged {
  const leaf = { digest: claimed.id, gross, fee, acknowledged, relieved: c("0") };
  return { ...claimed, charged: chargedStruct(claimed.packed, leaf, hashBatchLeaf(leaf), []) };
}

/** One record of a charged statement, as the desk takes it. */
export function chargedRecord(charged: Charged, index: number) {
  const { records, proof } = shown(charged, [index]);
  return { charged: charged.charged, record: records[0]!, proof };
}

/** Refunds some records with the supplier's key. */
export function refund(world: World, charged: Charged, indices: readonly number[], by = world.ada) {
  const { records, proof } = shown(charged, indices);
  return by.as.contracts.reversals.refund(charged.charged, records, proof);
}

function chargedStruct(
  statement: string,
  leaf: BatchLeaf,
  root: string,
  path: Hash[],
): ChargedStatementStruct {
  const { gross, fee, acknowledged, relieved } = leaf;
  return { statement, gross, fee, acknowledged, relieved, batchRoot: root, path };
}
