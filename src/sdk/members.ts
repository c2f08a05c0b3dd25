import type { TransactionReceipt } from "ethers";
import { decodeIsil, encodeIsil } from "../chain/isil.ts";
import { ConsortiaError } from "../core/error.ts";
import { FIRST_MEMBER, memberId } from "../core/ids.ts";
import type { Isil, MemberId } from "../core/ids.ts";
import { period } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";
import type { PreparedCall } from "./verb.ts";

/** Where a membership stands, in the order of the contract's `Standing`. */
export const STANDINGS = ["none", "applied", "admitted", "suspended", "left"] as const;
export type Standing = (typeof STANDINGS)[number];

/** One membership as the register keeps it. */
export interface Member {
  readonly id: MemberId;
  readonly isil: string;
  readonly standing: Standing;
  readonly kind: number;
  readonly tier: number;
  readonly constituency: number;
  readonly region: number;
  readonly payee: string;
  /** First month of the membership; undefined before admission. */
  readonly since?: PeriodId;
  /** Last month in which it may give and draw; undefined while it may. */
  readonly until?: PeriodId;
}

export interface Application {
  readonly isil: Isil;
  readonly kind: number;
  readonly tier: number;
  readonly constituency: number;
  readonly region: number;
  /** Where withdrawals will be paid. */
  readonly payee: string;
}

const application = verb<Application>((c, a) =>
  c.contracts.register.applyFor.populateTransaction(
    encodeIsil(a.isil),
    a.kind,
    a.tier,
    a.constituency,
    a.region,
    a.payee,
  ),
);

/** The signer asks for membership and becomes the member's first key, with every right. */
export const prepareApplication: (consortium: Consortium, input: Application) => Promise<PreparedCall> =
  application.prepare;

/** Applies and returns the number given. */
export async function sendApplication(
  consortium: Consortium,
  input: Application,
): Promise<{ member: MemberId; receipt: TransactionReceipt }> {
  const receipt = await application.send(consortium, input);
  const { register } = consortium.contracts;
  for (const log of receipt.logs) {
    const event = register.interface.parseLog(log);
    if (event?.name === "MemberApplied") return { member: memberId(Number(event.args.member)), receipt };
  }
  throw new ConsortiaError("ApplicationLost", `Transaction ${receipt.hash} names no application.`);
}

/** Admits an applicant from the current month on. Admitter. */
export const { prepare: prepareAdmission, send: sendAdmission } = verb<MemberId>((c, member) =>
  c.contracts.register.admit.populateTransaction(member),
);

/** Stops a member from giving and drawing in later months. Registrar. */
export const { prepare: prepareSuspension, send: sendSuspension } = verb<MemberId>((c, member) =>
  c.contracts.register.suspend.populateTransaction(member),
);

/** Ends a suspension. Registrar. */
export const { prepare: prepareReinstatement, send: sendReinstatement } = verb<MemberId>((c, member) =>
  c.contracts.register.reinstate.populateTransaction(member),
);

/** Ends the membership with this month. A key with every right. */
export const { prepare: prepareLeave, send: sendLeave } = verb<MemberId>((c, member) =>
  c.contracts.register.leave.populateTransaction(member),
);

/** Changes a price tier from next month on. Registrar. */
export const { prepare: prepareTier, send: sendTier } = verb<{ member: MemberId; tier: number }>((c, a) =>
  c.contracts.register.scheduleTier.populateTransaction(a.member, a.tier),
);

/** Changes where a member belongs. Registrar. */
export const { prepare: prepareClassification, send: sendClassification } = verb<{
  member: MemberId;
  constituency: number;
  region: number;
}>((c, a) => c.contracts.register.classify.populateTransaction(a.member, a.constituency, a.region));

/** Announces where withdrawals are paid after 14 days. A cash key. */
export const { prepare: preparePayee, send: sendPayee } = verb<{ member: MemberId; payee: string }>((c, a) =>
  c.contracts.register.announcePayee.populateTransaction(a.member, a.payee),
);

/** Objects to an announced payee. Any living key. */
export const { prepare: preparePayeeCancellation, send: sendPayeeCancellation } = verb<MemberId>(
  (c, member) => c.contracts.register.cancelPayee.populateTransaction(member),
);

/** Carries out an announced payee. Anyone. */
export const { prepare: preparePayeeChange, send: sendPayeeChange } = verb<MemberId>((c, member) =>
  c.contracts.register.applyPayee.populateTransaction(member),
);

/** One membership. @throws `MemberUnknown` */
export async function readMember(consortium: Consortium, id: MemberId): Promise<Member> {
  const { register } = consortium.contracts;
  const [membership, payee] = await read(Promise.all([register.membership(id), register.payeeOf(id)]));
  const standing = STANDINGS[Number(membership.standing)] ?? "none";
  if (standing === "none") {
    throw new ConsortiaError("MemberUnknown", `There is no member ${id}.`, { values: { id } });
  }
  return {
    id,
    isil: decodeIsil(membership.isil),
    standing,
    kind: Number(membership.kind),
    tier: Number(membership.tier),
    constituency: Number(membership.constituency),
    region: Number(membership.region),
    payee,
    ...month("since", membership.since),
    ...month("until", membership.until),
  };
}

/** The membership an ISIL stands for now, or undefined. */
export async function findMember(consortium: Consortium, isil: Isil): Promise<MemberId | undefined> {
  const id = Number(await read(consortium.contracts.register.memberOf(encodeIsil(isil))));
  return id === 0 ? undefined : memberId(id);
}

/** Every membership ever given, in order of number. */
export async function listMembers(consortium: Consortium): Promise<Member[]> {
  const last = Number(await read(consortium.contracts.register.lastMember()));
  const members: Member[] = [];
  for (let id: number = FIRST_MEMBER; id <= last; id++)
    members.push(await readMember(consortium, memberId(id)));
  return members;
}

/** A member's price tier in a month. */
export async function readTier(consortium: Consortium, member: MemberId, month: PeriodId): Promise<number> {
  const { tier, priorTier, tierSince } = await read(consortium.contracts.register.membership(member));
  return Number(month >= Number(tierSince) ? tier : priorTier);
}

/** Whether an institution was a member in a month, suspended or not. */
export async function wasMember(consortium: Consortium, member: MemberId, month: PeriodId): Promise<boolean> {
  return read(consortium.contracts.register.wasMember(member, month));
}

function month<Name extends string>(name: Name, value: bigint): Partial<Record<Name, PeriodId>> {
  return value === 0n ? {} : ({ [name]: period(Number(value)) } as Partial<Record<Name, PeriodId>>);
}
