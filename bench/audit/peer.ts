import { readFileSync } from "node:fs";
import {
  AbiCoder,
  TypedDataEncoder,
  concat,
  getBytes,
  keccak256,
  recoverAddress,
  solidityPacked,
  toBeHex,
  toUtf8Bytes,
  Signature,
} from "ethers";
import { Ledger__factory } from "../../src/chain/types/index.ts";
import { memberId } from "../../src/core/ids.ts";
import { decodeBatch } from "../../src/core/statement.ts";
import { STATEMENT_TYPES, typedStatement } from "../../src/core/typed-data.ts";
import { parseCredits } from "../../src/core/money.ts";
import type { Bundle, BundleRecord } from "../../src/records/bundle.ts";
import { bundleFile } from "../../src/records/file.ts";
import type { Workload } from "./workload.ts";

/**
 * What an audit spends on a statement when it is done with ethers' functions, in seconds: its log is read, its digest
 * hashed, its signer recovered, its bundle read and its root recomputed. Nothing but the functions differs: the
 * preimages are the same to the byte, which the roots show.
 */
export function auditWithEthers({ site, blocks, records }: Workload, sample: number): number {
  const { chainId, ledger } = site;
  const domain = { name: "Consortia Ledger", version: "1", chainId, verifyingContract: ledger };
  const abi = Ledger__factory.createInterface();
  const logs = blocks
    .flatMap((block) => block.logs)
    .filter(({ address }) => address === ledger.toLowerCase());
  const posted = abi.getEvent("StatementsPosted").topicHash;
  const begun = performance.now();
  let done = 0;
  for (const log of logs.filter(({ topics }) => topics[0] === posted)) {
    if (done >= sample) break;
    const { args } = abi.parseLog(log)!;
    const supplier = memberId(Number(args["supplier"]));
    for (const { statement, countersignature } of decodeBatch(
      supplier,
      getBytes(args["statements"] as string),
    )) {
      if (countersignature.kind !== "key") throw new Error("the workload is signed by key pairs");
      const { r, vs } = countersignature;
      const digest = TypedDataEncoder.hash(domain, STATEMENT_TYPES, typedStatement(statement));
      recoverAddress(digest, Signature.from({ r, yParityAndS: vs }));
      const text = readFileSync(bundleFile(records, statement.root), "utf8");
      if (rootOf(JSON.parse(text) as Bundle) !== statement.root)
        throw new Error("the peer hashes something else");
      done += 1;
    }
  }
  return (performance.now() - begun) / 1000 / done;
}

interface Node {
  readonly hash: string;
  readonly sum: bigint;
}

function rootOf(bundle: Bundle): string {
  const types = ["uint256", "address"];
  const domain = keccak256(AbiCoder.defaultAbiCoder().encode(types, [bundle.chainId, bundle.ledger]));
  let level = bundle.records.map((record) => leafOf(domain, bundle, record));
  const count = level.length;
  while (level.length > 1) {
    const above: Node[] = [];
    for (let i = 0; i < level.length; i += 2) above.push(nodeOver(level[i]!, level[i + 1]));
    level = above;
  }
  const { hash, sum } = level[0]!;
  const packed = solidityPacked(
    ["bytes1", "bytes32", "bytes32", "uint64", "uint32"],
    ["0x02", domain, hash, sum, count],
  );
  return keccak256(packed);
}

function nodeOver(left: Node, right: Node | undefined): Node {
  if (right === undefined) return left;
  const types = ["bytes1", "bytes32", "uint64", "bytes32", "uint64"];
  const packed = solidityPacked(types, ["0x01", left.hash, left.sum, right.hash, right.sum]);
  return { hash: keccak256(packed), sum: left.sum + right.sum };
}

const LEAF = "bytes1 bytes32 uint32 uint32 bytes32 uint16 uint16 uint32 uint64 bytes32".split(" ");

function leafOf(domain: string, { supplier, consumer }: Bundle, record: BundleRecord): Node {
  const { requesting, supplying, id } = record.request;
  const request = keccak256(concat([part(requesting), part(supplying), part(id)]));
  const sum = parseCredits(record.amount);
  const { service, charge, quantity } = record;
  const values = [
    "0x00",
    domain,
    supplier,
    consumer,
    request,
    service,
    charge,
    quantity,
    sum,
    detailsOf(record),
  ];
  return { hash: keccak256(keccak256(solidityPacked(LEAF, values))), sum };
}

function detailsOf({ salt, details }: BundleRecord): string {
  const fields = Object.entries(details)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      const fieldSalt = keccak256(concat(["0x05", salt, part(key)]));
      return keccak256(concat(["0x04", fieldSalt, part(key), part(value)]));
    });
  return keccak256(concat(["0x03", toBeHex(fields.length, 4), ...fields]));
}

function part(text: string): string {
  const bytes = toUtf8Bytes(text);
  return concat([toBeHex(bytes.length, 4), bytes]);
}
