/** Closed lists of ISO 18626, v1.2 and edition 2021-2 together. */

export const ACTIONS = [
  "StatusRequest",
  "Received",
  "Cancel",
  "Renew",
  "HoldReturn",
  "ShippedReturn",
  "ShippedForward",
  "Notification",
  "Lost",
] as const;

/** The 2021-2 schema knows `Lost` as the requester's action only; systems that send it as a status are understood. */
export const STATUSES = [
  "RequestReceived",
  "ExpectToSupply",
  "WillSupply",
  "Loaned",
  "Overdue",
  "Recalled",
  "RetryPossible",
  "Unfilled",
  "HoldReturn",
  "ReleaseHoldReturn",
  "CopyCompleted",
  "LoanCompleted",
  "CompletedWithoutReturn",
  "Cancelled",
  "Lost",
] as const;

export const REASONS_FOR_MESSAGE = [
  "RequestResponse",
  "StatusRequestResponse",
  "RenewResponse",
  "CancelResponse",
  "StatusChange",
  "Notification",
] as const;

export const ERROR_TYPES = [
  "UnsupportedActionType",
  "UnsupportedReasonForMessageType",
  "UnrecognisedDataElement",
  "UnrecognisedDataValue",
  "BadlyFormedMessage",
] as const;

export const MESSAGE_STATUSES = ["OK", "ERROR"] as const;
export const REQUEST_TYPES = ["New", "Retry", "Reminder"] as const;
export const REQUEST_SUB_TYPES = [
  "BookingRequest",
  "MultipleItemRequest",
  "PatronRequest",
  "TransferRequest",
  "SupplyingLibrarysChoice",
] as const;
export const PREFERRED_EDITIONS = ["MostRecentEdition", "ThisEdition", "AnyEdition"] as const;
export const YES_NO = ["Y", "N"] as const;

export type Action = (typeof ACTIONS)[number];
export type Status = (typeof STATUSES)[number];
