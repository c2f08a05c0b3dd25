import { coded, dateTime, oneOf, text, type Codec } from "./codec.ts";
import { REASONS_FOR_MESSAGE, STATUSES, YES_NO } from "./codes.ts";
import { costs } from "./costs.ts";
import { many, maybe, one, struct, type Struct } from "./struct.ts";

const messageShape = {
  reasonForMessage: one(oneOf(REASONS_FOR_MESSAGE)),
  answerYesNo: maybe(oneOf(YES_NO)),
  reasonUnfilled: maybe(coded),
  reasonRetry: maybe(coded),
  /** v1.2; the 2021 edition moved these three to {@link RetryInfo}. */
  offeredCosts: maybe(costs),
  retryAfter: maybe(dateTime),
  retryBefore: maybe(dateTime),
};

/** Why the supplier writes. */
export type MessageInfo = Struct<typeof messageShape>;
export const messageInfo: Codec<MessageInfo> = struct(messageShape);

const statusShape = {
  status: one(oneOf(STATUSES)),
  expectedDeliveryDate: maybe(dateTime),
  dueDate: maybe(dateTime),
  /** Required by the schema; real systems leave it out. */
  lastChange: maybe(dateTime),
};

/** Where the request stands with the supplier. */
export type StatusInfo = Struct<typeof statusShape>;
export const statusInfo: Codec<StatusInfo> = struct(statusShape);

const retryShape = {
  loanCondition: many(coded),
  edition: many(text),
  itemFormat: many(coded),
  volume: many(text),
  serviceType: maybe(text),
  serviceLevel: many(coded),
  deliveryMethod: many(coded),
  courierName: many(coded),
  offeredCosts: many(costs),
  paymentMethod: many(coded),
  retryBefore: maybe(dateTime),
  retryAfter: maybe(dateTime),
};

/** On which terms the request may be sent again (2021 edition). */
export type RetryInfo = Struct<typeof retryShape>;
export const retryInfo: Codec<RetryInfo> = struct(retryShape);
