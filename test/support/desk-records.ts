import { hexlify, id } from "ethers";
import { hash, statementNumber } from "../../src/core/ids.ts";
import { treeDomain } from "../../src/core/leaf.ts";
import { credits } from "../../src/core/money.ts";
import type { RecordProof } from "../../src/core/proof.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import { encodeUnsigned } from "../../src/core/statement.ts";
import type { Line, Statement } from "../../src/core/statement.ts";
import { buildTree } from "../../src/core/tree.ts";
import type { RecordTree } from "../../src/core/tree.ts";
import { COPY, LOAN } from "./consortium.ts";
import { GROSS, c, loans, statementOf } from "./statements.ts";
import type { World } from "./world.ts";

/** A statement with the records under its root. */
export interface Recorded {
  readonly statement: Statement;
  /** Packed as desks take it: without a signature. */
  readonly packed: string;
  readonly records: readonly ServiceRecord[];
  readonly tree: RecordTree;
}

/** The domain of this world's records. */
export const domainOf = ({ deployment }: World) => treeDomain(deployment.chainId, deployment.ledger);

/** One loan from ada to bob, the `n`-th request, unless told otherwise. */
export function loanRecord(world: World, n: number, changes: Partial<ServiceRecord> = {}): ServiceRecord {
  return {
    supplier: world.ada.id,
    consumer: world.bob.id,
    request: hash(id(`request ${n}`)),
    service: LOAN,
    charge: 0,
    quantity: 1,
    amount: GROSS,
    details: hash(id(`details ${n}`)),
    ...changes,
  };
}

/** So many loans from ada to bob: requests counted from `first`. */
export const loanRecords = (world: World, count: number, first = 1): ServiceRecord[] =>
  Array.from({ length: count }, (_, i) => loanRecord(world, first + i));

/** A record for each line, at the prices of tier 1. */
export const lineRecords = (world: World, lines: readonly Line[]): ServiceRecord[] =>
  lines.map(({ service, quantity }, i) => {
    const price = service === LOAN ? GROSS : service === COPY ? c("5") : 0n;
    return loanRecord(world, i + 1, { service, quantity, amount: credits(price * BigInt(quantity)) });
  });

/** A statement of records of its parties: as many loans as there are records, unless told otherwise. */
export function recorded(
  world: World,
  records: readonly ServiceRecord[],
  changes: Partial<Statement> = {},
): Recorded {
  const { supplier, consumer } = statementOf(world, changes);
  const theirs = records.map((record) => ({ ...record, supplier, consumer }));
  const tree = buildTree(domainOf(world), theirs);
  const statement = statementOf(world, { lines: loans(records.length), root: tree.root, ...changes });
  return { statement, packed: packedAlone(statement), records: theirs, tree };
}

/** A packed statement up to its signature. */
export const packedAlone = (statement: Statement): string => hexlify(encodeUnsigned(statement));

/** Some of a statement's records with their proof, as contracts take them. */
export function shown({ records, tree }: Recorded, indices: readonly number[]) {
  return {
    records: indices.map((i) => recordStruct(records[i]!)),
    proof: proofStruct(tree.proveMany(indices)),
  };
}

/** A record as contracts take it: whose it is, its statement says. */
export function recordStruct({ request, service, charge, quantity, amount, details }: ServiceRecord) {
  return { request, service, charge, quantity, amount, details };
}

/** A proof as contracts take it. */
export function proofStruct({ count, indices, siblings }: RecordProof) {
  return { count, indices: [...indices], siblings: siblings.map(({ hash, sum }) => ({ hash, sum })) };
}

/** A statement number. */
export const no = (n: number) => statementNumber(n);
