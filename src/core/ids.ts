import type { Brand } from "./brand.ts";
import { ConsortiaError } from "./error.ts";

/** A membership's small sequential number. It outlives every key of the member. */
export type MemberId = Brand<number, "MemberId">;

/** A person who can be elected. The number outlives the person's keys. */
export type DelegateId = Brand<number, "DelegateId">;

/** Who votes: a member in the assembly and for the council, a delegate in the council, in the board and for the board. */
export type Voter = MemberId | DelegateId;

/** An International Standard Identifier for Libraries, ISO 15511, such as `DE-1`. */
export type Isil = Brand<string, "Isil">;

/** An institution as a message names it: scheme and symbol, such as `ISIL:DE-1` or `RESHARE:TEMPLEI`. */
export type Agency = Brand<string, "Agency">;

/** What is priced: an entry of the fee schedule. */
export type ServiceId = Brand<number, "ServiceId">;

/** A supplier's own number of a statement; used once, in any order. */
export type StatementNumber = Brand<number, "StatementNumber">;

/** A registered work's number. */
export type ResourceId = Brand<number, "ResourceId">;

/** 32 bytes as `0x` and 64 lower-case hexadecimal digits. */
export type Hash = Brand<string, "Hash">;

/** The common good: shared catalogue, infrastructure, treasury. */
export const COMMONS = 1 as MemberId;
/** The account that pays relief. */
export const RELIEF = 2 as MemberId;
/** How records name the common good: as consumer of a contribution, as supplier of what members use of it. */
export const COMMONS_AGENCY: Agency = agency("CONSORTIUM", "COMMONS");
/** The first number an institution can have. */
export const FIRST_MEMBER = 3 as MemberId;

/** One to four letters, a hyphen, and up to eleven of letters, digits, colon, solidus and hyphen. */
const ISIL = /^[A-Za-z]{1,4}-[A-Za-z0-9:/-]{1,11}$/;
const UINT32 = 0xffff_ffff;

function ranged(kind: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConsortiaError(
      `${kind}Invalid`,
      `${value} is not a ${kind}: it must be a whole number from ${min} to ${max}.`,
      {
        values: { value },
      },
    );
  }
  return value;
}

/** @throws `MemberIdInvalid` */
export function memberId(value: number): MemberId {
  return ranged("MemberId", value, 1, UINT32) as MemberId;
}

/** @throws `DelegateIdInvalid` */
export function delegateId(value: number): DelegateId {
  return ranged("DelegateId", value, 1, UINT32) as DelegateId;
}

/** @throws `ServiceIdInvalid` */
export function serviceId(value: number): ServiceId {
  return ranged("ServiceId", value, 1, 0xffff) as ServiceId;
}

/** @throws `StatementNumberInvalid` */
export function statementNumber(value: number): StatementNumber {
  return ranged("StatementNumber", value, 0, UINT32) as StatementNumber;
}

/** @throws `ResourceIdInvalid` */
export function resourceId(value: number): ResourceId {
  return ranged("ResourceId", value, 1, UINT32) as ResourceId;
}

/** @throws `IsilInvalid` */
export function isil(text: string): Isil {
  if (!ISIL.test(text)) {
    throw new ConsortiaError(
      "IsilInvalid",
      `"${text}" is not an ISIL. Write a prefix, a hyphen and a unit identifier, such as DE-1 or AU-NNCU.`,
      { values: { text } },
    );
  }
  return text as Isil;
}

/** Joins an agency's scheme and symbol; the scheme is folded to upper case. @throws `AgencyInvalid` */
export function agency(scheme: string, symbol: string): Agency {
  const [type, value] = [scheme.trim().toUpperCase(), symbol.trim()];
  if (!/^[A-Z0-9_.-]{1,32}$/.test(type) || !/^[\p{L}\p{N}_./:-]{1,64}$/u.test(value)) {
    throw new ConsortiaError(
      "AgencyInvalid",
      `"${scheme}:${symbol}" does not name an agency. A scheme such as ISIL and a symbol such as DE-1 are needed.`,
      { values: { scheme, symbol } },
    );
  }
  return `${type}:${value}` as Agency;
}

/** @throws `HashInvalid` */
export function hash(text: string): Hash {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) {
    throw new ConsortiaError("HashInvalid", `"${text}" is not a hash of 32 bytes.`, { values: { text } });
  }
  return text.toLowerCase() as Hash;
}
