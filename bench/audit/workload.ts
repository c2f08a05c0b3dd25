import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getBytes } from "ethers";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { Ledger__factory } from "../../src/chain/types/index.ts";
import { putBig } from "../../src/core/abi.ts";
import { batchRoot, type BatchLeaf } from "../../src/core/batch.ts";
import { createStatementHasher } from "../../src/core/digest.ts";
import { agency, statementNumber } from "../../src/core/ids.ts";
import { keccak256, toHash } from "../../src/core/keccak.ts";
import { credits, formatCredits, ZERO } from "../../src/core/money.ts";
import { addMonths } from "../../src/core/period.ts";
import { Schedule } from "../../src/core/schedule.ts";
import { encodeBatch, type SignedStatement, type Statement } from "../../src/core/statement.ts";
import { randomSalt, sealBundle, type Bundle, type BundleRecord } from "../../src/records/bundle.ts";
import { bundleFile } from "../../src/records/file.ts";
import { canonicalJson } from "../../src/core/json.ts";
import { COPY, LOAN, OCTOBER, PRICES } from "../../test/support/consortium.ts";
import { found, type Founder, type Founding } from "./founding.ts";
import { signDigest } from "./sign.ts";
import { LOANS, RECORDS_PER_STATEMENT, type Size } from "./size.ts";

/** A month of a large consortium, as its auditor finds it. */
export interface Workload extends Pick<Founding, "site" | "terms" | "blocks"> {
  /** Where the members' bundles lie. */
  readonly records: string;
}

const LEDGER = Ledger__factory.createInterface();

/**
 * A month of a large consortium: real contracts found it, and the batches that follow are logged to the byte as the
 * ledger logs them, countersigned by every member's own key and priced by the schedule. Bundles go to `records`.
 */
export async function createWorkload(
  size: Size,
  records: string,
  progress: (line: string) => void,
): Promise<Workload> {
  const founding = await found(size.members);
  const { site, terms, founders } = founding;
  const schedule = new Schedule();
  schedule.publish(OCTOBER, PRICES);
  const hasher = createStatementHasher(site.chainId, site.ledger);
  const keys = new Map(founders.map(({ id, privateKey }) => [id, getBytes(privateKey)]));
  const blocks = [...founding.blocks];
  for (let shard = 0; shard < 256; shard++) {
    mkdirSync(join(records, shard.toString(16).padStart(2, "0")), { recursive: true });
  }

  for (let batch = 0; batch < size.batches; batch++) {
    const supplier = founders[batch % founders.length]!;
    const round = Math.floor(batch / founders.length);
    const signed: SignedStatement[] = [];
    const leaves: BatchLeaf[] = [];
    for (let i = 0; i < size.statementsPerBatch; i++) {
      const consumer = founders[(batch + 1 + i) % founders.length]!;
      const number = statementNumber(round * size.statementsPerBatch + i);
      const bundle = lend(founding, supplier, consumer, number, schedule);
      keep(records, bundle);
      const lines = [
        { service: LOAN, quantity: LOANS },
        { service: COPY, quantity: RECORDS_PER_STATEMENT - LOANS },
      ];
      const charge = schedule.charge(OCTOBER, lines, consumer.tier);
      const statement: Statement = {
        supplier: supplier.id,
        consumer: consumer.id,
        number,
        period: OCTOBER,
        lines,
        maximum: credits(charge.gross + charge.fee),
        root: bundle.root,
        lastPeriod: addMonths(OCTOBER, 3),
      };
      const digest = new Uint8Array(32);
      hasher(statement, digest, 0);
      signed.push({ statement, countersignature: signDigest(keys.get(consumer.id)!, digest) });
      leaves.push({ ...charge, acknowledged: ZERO, relieved: ZERO, digest: toHash(digest) });
    }
    blocks.push(blockOf(site.ledger, blocks.at(-1)!, signed, leaves));
    if (batch % 100 === 0) progress(`${batch} of ${size.batches} batches written`);
  }
  return { site, terms, blocks, records };
}

/** The records of one statement. */
function lend(
  { site }: Founding,
  supplier: Founder,
  consumer: Founder,
  number: Bundle["number"],
  schedule: Schedule,
): Bundle {
  const [requesting, supplying] = [agency("ISIL", consumer.isil), agency("ISIL", supplier.isil)];
  const records = Array.from({ length: RECORDS_PER_STATEMENT }, (_, i): BundleRecord => {
    const service = i < LOANS ? LOAN : COPY;
    return {
      request: { requesting, supplying, id: `${supplier.id}-${number}-${i}` },
      service,
      charge: 0,
      quantity: 1,
      amount: formatCredits(schedule.priceOf(OCTOBER, service, consumer.tier)!.price),
      salt: randomSalt(),
      details: { author: "Somebody, Some", title: `A title of usual length, volume ${number}`, year: "1987" },
      completedAt: 1_792_000_000 + i,
    };
  });
  return sealBundle({
    chainId: Number(site.chainId),
    ledger: site.ledger,
    supplier: supplier.id,
    consumer: consumer.id,
    number,
    period: OCTOBER,
    records,
  });
}

/** As a directory store keeps it, without waiting for the disk a hundred thousand times. */
function keep(records: string, bundle: Bundle): void {
  writeFileSync(bundleFile(records, bundle.root), `${canonicalJson(bundle)}\n`);
}

/** A block with the log of one posted batch, twelve seconds after the last. */
function blockOf(
  ledger: string,
  last: AuditBlock,
  signed: readonly SignedStatement[],
  leaves: readonly BatchLeaf[],
): AuditBlock {
  const number = last.number + 1;
  const charges = new Uint8Array(16 * leaves.length);
  for (const [i, { gross, fee }] of leaves.entries()) {
    putBig(charges, 16 * i, 8, gross);
    putBig(charges, 16 * i + 8, 8, fee);
  }
  const posted = (1n << BigInt(leaves.length)) - 1n;
  const { topics, data } = LEDGER.encodeEventLog("StatementsPosted", [
    signed[0]!.statement.supplier,
    OCTOBER,
    batchRoot(leaves),
    posted,
    encodeBatch(signed),
    charges,
  ]);
  const name = (what: string): string => toHash(keccak256(new TextEncoder().encode(`${what} ${number}`)));
  const hash = name("block");
  const log = {
    blockNumber: number,
    blockHash: hash,
    txHash: name("transaction"),
    txIndex: 0,
    logIndex: 0,
    address: ledger.toLowerCase(),
    topics,
    data,
  };
  return { number, hash, timestamp: last.timestamp + 12, logs: [log] };
}
