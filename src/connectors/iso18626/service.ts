import { coded, dateTime, oneOf, text, type Codec } from "./codec.ts";
import { PREFERRED_EDITIONS, REQUEST_SUB_TYPES, REQUEST_TYPES, YES_NO } from "./codes.ts";
import { many, maybe, one, struct, type Struct } from "./struct.ts";

const shape = {
  requestType: maybe(oneOf(REQUEST_TYPES)),
  requestSubType: many(oneOf(REQUEST_SUB_TYPES)),
  requestingAgencyPreviousRequestId: maybe(text),
  /** Copy, Loan or CopyOrLoan; local systems add others, which the ledger does not bill. */
  serviceType: one(text),
  serviceLevel: maybe(coded),
  /** v1.2; the 2021 edition calls it `itemFormat`. */
  preferredFormat: maybe(coded),
  itemFormat: maybe(coded),
  needBeforeDate: maybe(dateTime),
  copyrightCompliance: maybe(coded),
  anyEdition: maybe(oneOf(YES_NO)),
  preferredEdition: maybe(oneOf(PREFERRED_EDITIONS)),
  loanCondition: many(coded),
  startDate: maybe(dateTime),
  endDate: maybe(dateTime),
};

/** Which service is asked for, and how. */
export type ServiceInfo = Struct<typeof shape>;
export const serviceInfo: Codec<ServiceInfo> = struct(shape);
