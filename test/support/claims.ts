import { hexlify } from "ethers";
import type { Signer } from "ethers";
import type { Contracts } from "../../src/chain/contracts.ts";
import {
  contractSignature,
  signDispute,
  signReceipt,
  signStatement,
  statementDigest,
} from "../../src/chain/signing.ts";
import type { Hash, MemberId } from "../../src/core/ids.ts";
import { recordLeaf } from "../../src/core/leaf.ts";
import { periodEnd } from "../../src/core/period.ts";
import type { PeriodId } from "../../src/core/period.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import { encodeAlone } from "../../src/core/statement.ts";
import type { Signature, Statement } from "../../src/core/statement.ts";
import { domainOf, lineRecords, loanRecords, recorded, shown } from "./desk-records.ts";
import type { Recorded } from "./desk-records.ts";
import { c, loans } from "./statements.ts";
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

/** A statement from ada to bob with its claim's id, claimed or not: of two loans, of its lines or of its records. */
export function claimable(
  world: World,
  changes: Partial<Statement> = {},
  records?: readonly ServiceRecord[],
): Claimed {
  const lines = changes.lines === undefined || changes.lines.length === 0 ? loans(2) : changes.lines;
  const plain = changes.lines === undefined ? loanRecords(world, 2) : lineRecords(world, lines);
  const made = recorded(world, records ?? plain, changes);
  return { ...made, id: statementDigest(world.admin.domain, made.statement) };
}

/** Claims a statement with whatever key. */
export const claimAs = ({ claims }: Contracts, { statement, packed, tree }: Recorded) =>
  claims.claim(statement.supplier, packed, tree.top, tree.count);

/** Claims two loans, 24 and a fee of 0.52, unless told otherwise. */
export async function claim(
  world: World,
  changes: Partial<Statement> = {},
  records?: readonly ServiceRecord[],
): Promise<Claimed> {
  const made = claimable(world, changes, records);
  const supplier = [world.ada, world.bob, world.eve].find(({ id }) => id === made.statement.supplier);
  await claimAs((supplier ?? world.ada).as.contracts, made);
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
export const kinded = (signature: Signature): string => hexlify(encodeAlone(signature));

/** A contract's signature as desks take it. */
export const kindedContract = (signer: string, bytes = "0x"): string =>
  kinded(contractSignature(signer, bytes));

/** A countersignature that came after all. */
export const acceptance = async (world: World, statement: Statement, signer: Signer = world.bob.key) =>
  kinded(await signStatement(signer, world.admin.domain, statement));

/** Who signs, and for which ledger: bob and this one, unless told otherwise. */
interface Signing {
  readonly signer?: Signer;
  readonly ledger?: string;
  readonly chainId?: bigint;
}

/** A consumer's signature under a list of claims. */
export async function disputeOrder(
  world: World,
  claims: readonly Hash[],
  deadline: number,
  { consumer = world.bob.id, signer = world.bob.key, ...of }: Signing & { consumer?: MemberId } = {},
): Promise<string> {
  return kinded(await signDispute(signer, domainFor(world, of), { consumer, claims, deadline }));
}

/** A consumer's receipt of one record. */
export async function receipt(
  world: World,
  record: ServiceRecord,
  { signer = world.bob.key, ...of }: Signing = {},
): Promise<string> {
  return kinded(await signReceipt(signer, domainFor(world, of), recordLeaf(domainOf(world), record)));
}

const domainFor = ({ admin }: World, { ledger, chainId }: Signing) => ({
  ...admin.domain,
  ...(ledger !== undefined && { verifyingContract: ledger }),
  ...(chainId !== undefined && { chainId }),
});

/** The arguments of `prove` for some of a claim's records, with bob's receipts. */
export async function evidence(world: World, claimed: Claimed, indices: readonly number[]) {
  const { records, proof } = shown(claimed, indices);
  const receipts = await Promise.all(indices.map((i) => receipt(world, claimed.records[i]!)));
  return [claimed.statement.supplier, claimed.packed, records, proof, receipts] as const;
}
