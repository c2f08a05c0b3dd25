import { Signature as EthersSignature, getBytes, hexlify } from "ethers";
import type { BytesLike, Signer } from "ethers";
import { signStatement, statementDigest } from "../../src/chain/signing.ts";
import { hash } from "../../src/core/ids.ts";
import type { Hash, MemberId } from "../../src/core/ids.ts";
import { recordLeaf } from "../../src/core/leaf.ts";
import { periodEnd } from "../../src/core/period.ts";
import type { PeriodId } from "../../src/core/period.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import { encodeSignature } from "../../src/core/statement.ts";
import type { Signature, Statement } from "../../src/core/statement.ts";
import { domainOf, loanRecords, recorded, shown } from "./desk-records.ts";
import type { Recorded } from "./desk-records.ts";
import { c } from "./statements.ts";
import type { World } from "./world.ts";

export const DAY = 86_400;

/** The terms that the deployment gives the desk by default. */
export const TERMS = {
  challengeWindow: 45 * DAY,
  awardTerm: 180 * DAY,
  appealWindow: 14 * DAY,
  appealTerm: 60 * DAY,
  bond: c("5"),
  limit: c("5000"),
  openPerPair: 4,
} as const;

/** A stage's and an outcome's number, as the contract's enums have them. */
export const STAGE = { none: 0n, open: 1n, disputed: 2n, awarded: 3n, appealed: 4n, ruled: 5n } as const;
export type StageName = keyof typeof STAGE;
export const OUTCOME = {
  unchallenged: 0n,
  accepted: 1n,
  proven: 2n,
  awarded: 3n,
  withdrawn: 4n,
  lapsed: 5n,
} as const;

/** A claim with everything that was claimed. */
export interface Claimed extends Recorded {
  readonly id: Hash;
}

/** A statement of two loans from ada to bob with its claim's id, claimed or not. */
export function claimable(
  world: World,
  changes: Partial<Statement> = {},
  records?: readonly ServiceRecord[],
) {
  const made = recorded(world, records ?? loanRecords(world, 2), changes);
  return { ...made, id: statementDigest(world.admin.domain, made.statement) };
}

/** Claims two loans, 24 and a fee of 0.52, unless told otherwise. */
export async function claim(
  world: World,
  changes: Partial<Statement> = {},
  records?: readonly ServiceRecord[],
): Promise<Claimed> {
  const made = claimable(world, changes, records);
  const supplier = [world.ada, world.bob, world.eve].find(({ id }) => id === made.statement.supplier);
  await (supplier ?? world.ada).as.contracts.claims.claim(made.statement.supplier, made.packed);
  return made;
}

/** A claim led to a stage; judgements are half of it. `none` is one that nobody made. */
export async function claimIn(
  world: World,
  stage: StageName,
  changes: Partial<Statement> = {},
): Promise<Claimed> {
  if (stage === "none") return claimable(world, changes);
  const claimed = await claim(world, changes);
  const steps = [
    () => world.bob.as.contracts.claims.dispute(world.bob.id, [claimed.id]),
    () => world.claims.award(claimed.id, c("12"), c("0.26")),
    () => world.bob.as.contracts.claims.appeal(world.bob.id, claimed.id),
    () => world.claims.rule(claimed.id, c("6"), c("0.13")),
  ];
  for (const step of steps.slice(0, Number(STAGE[stage]) - 1)) await step();
  return claimed;
}

/** Lets so many seconds pass and closes every month that is over by then. */
export async function pass({ time, ledger }: World, seconds: number): Promise<void> {
  await time.increase(seconds);
  while ((await time.latest()) >= periodEnd(Number(await ledger.openPeriod()) as PeriodId)) {
    await ledger.closePeriod();
  }
}

/** A signature as desks take it: its kind, then its bytes. */
export function kinded(signature: Signature): string {
  return `0x0${signature.kind === "key" ? 0 : 1}${hexlify(encodeSignature(signature)).slice(2)}`;
}

/** A contract's signature as desks take it. */
export const kindedContract = (signer: string, bytes: BytesLike = "0x"): string =>
  kinded({ kind: "contract", signer, bytes: getBytes(bytes) });

/** A countersignature that came after all. */
export const acceptance = async (world: World, statement: Statement, signer: Signer = world.bob.key) =>
  kinded(await signStatement(signer, world.admin.domain, statement));

/** A consumer's signature under a list of claims. */
export async function disputeOrder(
  world: World,
  claims: readonly string[],
  deadline: number,
  options: { signer?: Signer; consumer?: MemberId; ledger?: string } = {},
): Promise<string> {
  const types = {
    Dispute: [
      { name: "consumer", type: "uint32" },
      { name: "claims", type: "bytes32[]" },
      { name: "deadline", type: "uint40" },
    ],
  };
  const value = { consumer: options.consumer ?? world.bob.id, claims, deadline };
  return typed(world, options, types, value);
}

/** A consumer's receipt of one record. */
export async function receipt(
  world: World,
  record: ServiceRecord,
  options: { signer?: Signer; ledger?: string } = {},
): Promise<string> {
  const types = { Receipt: [{ name: "record", type: "bytes32" }] };
  return typed(world, options, types, { record: recordLeaf(domainOf(world), record) });
}

/** The arguments of `prove` for some of a claim's records, with bob's receipts. */
export async function evidence(world: World, claimed: Claimed, indices: readonly number[]) {
  const { records, proof } = shown(claimed, indices);
  const receipts = await Promise.all(indices.map((i) => receipt(world, claimed.records[i]!)));
  return [claimed.statement.supplier, claimed.packed, records, proof, receipts] as const;
}

async function typed(
  world: World,
  { signer = world.bob.key, ledger }: { signer?: Signer; ledger?: string },
  types: Record<string, { name: string; type: string }[]>,
  value: Record<string, unknown>,
): Promise<string> {
  const domain = { ...world.admin.domain, ...(ledger !== undefined && { verifyingContract: ledger }) };
  const serialized = await signer.signTypedData(domain, types, value);
  const { r, yParityAndS } = EthersSignature.from(serialized);
  return kinded({ kind: "key", r: hash(r), vs: hash(yParityAndS) });
}
