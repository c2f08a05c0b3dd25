import { agencyId, dateTime, oneOf, text, type Codec } from "./codec.ts";
import { ACTIONS, ERROR_TYPES, MESSAGE_STATUSES, REASONS_FOR_MESSAGE } from "./codes.ts";
import { many, maybe, one, struct, type Struct } from "./struct.ts";

const headerShape = {
  supplyingAgencyId: maybe(agencyId),
  requestingAgencyId: maybe(agencyId),
  /** The timestamp of the message that is confirmed. */
  timestamp: one(dateTime),
  requestingAgencyRequestId: maybe(text),
  multipleItemRequestId: maybe(text),
  timestampReceived: one(dateTime),
  messageStatus: one(oneOf(MESSAGE_STATUSES)),
};
const errorShape = { errorType: one(oneOf(ERROR_TYPES)) };
const parts = {
  confirmationHeader: one(struct(headerShape)),
};
// `errorValue` repeats a piece of the refused message, readers' data perhaps: it is not copied.
const errors = { errorData: many(struct(errorShape)) };

const requestShape = { ...parts, ...errors };
const supplyingShape = { ...parts, reasonForMessage: maybe(oneOf(REASONS_FOR_MESSAGE)), ...errors };
const requestingShape = { ...parts, action: maybe(oneOf(ACTIONS)), ...errors };

/** The receiver's own answer to a message: taken, or refused with the kinds of its errors. */
export type RequestConfirmation = Struct<typeof requestShape>;
export type SupplyingAgencyMessageConfirmation = Struct<typeof supplyingShape>;
export type RequestingAgencyMessageConfirmation = Struct<typeof requestingShape>;

export const requestConfirmation: Codec<RequestConfirmation> = struct(requestShape);
export const supplyingAgencyMessageConfirmation: Codec<SupplyingAgencyMessageConfirmation> =
  struct(supplyingShape);
export const requestingAgencyMessageConfirmation: Codec<RequestingAgencyMessageConfirmation> =
  struct(requestingShape);
