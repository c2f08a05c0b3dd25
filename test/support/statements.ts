import { Wallet, concat, getBytes, hexlify } from "ethers";
import type { BytesLike, ContractTransactionResponse, Signer } from "ethers";
import { signStatement } from "../../src/chain/signing.ts";
import type { Contracts } from "../../src/chain/contracts.ts";
import { hash, statementNumber } from "../../src/core/ids.ts";
import { credits, parseCredits } from "../../src/core/money.ts";
import type { Line, Mode, Signature, SignedStatement, Statement } from "../../src/core/statement.ts";
import {
  MODES,
  encodeBatch,
  encodeSignature,
  encodeStatement,
  signatureKind,
} from "../../src/core/statement.ts";
import { signBatch } from "../../src/chain/signing.ts";
import { LOAN, OCTOBER } from "./consortium.ts";
import type { TestMember } from "./consortium.ts";
import type { World } from "./world.ts";

/** A fault's number, as the contract's enum has it. */
export const FAULT = {
  None: 0n,
  SameParty: 1n,
  Reserved: 2n,
  PeriodAhead: 3n,
  PeriodPast: 4n,
  Expired: 5n,
  SupplierInactive: 6n,
  ConsumerInactive: 7n,
  NumberUsed: 8n,
  NoLines: 9n,
  NotOffered: 10n,
  AboveMaximum: 11n,
  NotCountersigned: 12n,
  NoRoom: 13n,
  PartnerRefused: 14n,
  ServiceDeclined: 15n,
  CeilingExceeded: 16n,
  LicenceForbids: 17n,
  WorkClaimed: 18n,
  NotAccredited: 19n,
} as const;

/** Millionths of a credit from a decimal number. */
export const c = (text: string) => parseCredits(text);

/** What one loan in tier 1 costs: 12 to the supplier, 0.26 to COMMONS. */
export const GROSS = c("12");
export const FEE = c("0.26");
export const DUE = credits(GROSS + FEE);

/** One loan in October from ada to bob, unless told otherwise. */
export function statementOf(world: World, changes: Partial<Statement> = {}): Statement {
  return {
    supplier: world.ada.id,
    consumer: world.bob.id,
    number: statementNumber(1),
    period: OCTOBER,
    lines: [{ service: LOAN, quantity: 1 }],
    maximum: credits(100_000_000_000n),
    root: hash(`0x${"ab".repeat(32)}`),
    lastPeriod: (OCTOBER + 12) as Statement["period"],
    ...changes,
  };
}

/** Lines of one service. */
export const loans = (quantity: number): Line[] => [{ service: LOAN, quantity }];

/** A statement with a key's signature: the consumer's own, unless told otherwise. */
export async function countersigned(
  world: World,
  changes: Partial<Statement> = {},
  signer?: Signer,
): Promise<SignedStatement> {
  const statement = statementOf(world, changes);
  const consumer = [world.ada, world.bob, world.eve].find(({ id }) => id === statement.consumer);
  const key = signer ?? consumer?.key ?? world.stranger;
  return { statement, countersignature: await signStatement(key, world.admin.domain, statement) };
}

/** One packed statement, countersigned by its consumer. */
export async function packed(
  world: World,
  changes: Partial<Statement> = {},
  signer?: Signer,
): Promise<string> {
  return hexlify(encodeStatement(await countersigned(world, changes, signer)));
}

/** A packed statement with whatever signature. */
export function packedWith(statement: Statement, countersignature: Signature): string {
  return hexlify(encodeStatement({ statement, countersignature }));
}

/** Posts packed statements with the supplier's key, unless told otherwise. */
export function post(
  world: World,
  batch: BytesLike | readonly BytesLike[],
  options: { mode?: Mode; by?: TestMember; contracts?: Contracts; gasLimit?: bigint } = {},
): Promise<ContractTransactionResponse> {
  const by = options.by ?? world.ada;
  const bytes = Array.isArray(batch) ? concat(batch) : (batch as BytesLike);
  const { ledger } = options.contracts ?? by.as.contracts;
  const overrides = options.gasLimit === undefined ? {} : { gasLimit: options.gasLimit };
  return ledger.post(by.id, MODES[options.mode ?? "allOrNothing"], bytes, overrides);
}

/** Countersigns and posts one statement: what most tests begin with. */
export async function bill(
  world: World,
  changes: Partial<Statement> = {},
  options: { mode?: Mode } = {},
): Promise<ContractTransactionResponse> {
  const by = [world.ada, world.bob, world.eve].find(({ id }) => id === changes.supplier) ?? world.ada;
  return post(world, await packed(world, changes), { ...options, by });
}

/** A batch's order for a relayer: kind and signature, as `postFor` takes it. */
export async function order(
  world: World,
  batch: BytesLike,
  options: { mode?: Mode; deadline: number; signer?: Signer; supplier?: Statement["supplier"] },
): Promise<string> {
  const signature = await signBatch(options.signer ?? world.ada.key, world.admin.domain, {
    supplier: options.supplier ?? world.ada.id,
    mode: options.mode ?? "allOrNothing",
    batch: getBytes(batch),
    deadline: options.deadline,
  });
  return hexlify(new Uint8Array([signatureKind(signature), ...encodeSignature(signature)]));
}

/** A key pair that no member has ever seen. */
export const unknownKey = () => Wallet.createRandom();

export { encodeBatch };
