import type { Statement } from "./statement.ts";

/** What a consumer countersigns, by EIP-712 like everything that is signed for a ledger. */
export const STATEMENT_TYPES = {
  Statement: [
    { name: "supplier", type: "uint32" },
    { name: "consumer", type: "uint32" },
    { name: "number", type: "uint32" },
    { name: "period", type: "uint16" },
    { name: "lines", type: "Line[]" },
    { name: "maximum", type: "uint64" },
    { name: "root", type: "bytes32" },
    { name: "lastPeriod", type: "uint16" },
  ],
  Line: [
    { name: "service", type: "uint16" },
    { name: "quantity", type: "uint32" },
    { name: "resource", type: "uint32" },
  ],
};

/** What a supplier signs to have a batch posted by somebody else, until a deadline. */
export const BATCH_TYPES = {
  Batch: [
    { name: "supplier", type: "uint32" },
    { name: "mode", type: "uint8" },
    { name: "statements", type: "bytes32" },
    { name: "deadline", type: "uint40" },
  ],
};

/** What a consumer signs to dispute claims through somebody else, until a deadline. */
export const DISPUTE_TYPES = {
  Dispute: [
    { name: "consumer", type: "uint32" },
    { name: "claims", type: "bytes32[]" },
    { name: "deadline", type: "uint40" },
  ],
};

/** What a consumer signs under a record's leaf: that it was served. */
export const RECEIPT_TYPES = { Receipt: [{ name: "record", type: "bytes32" }] };

/** What each member of an agreement signs. Twin: contracts/register/Agreements.sol. */
export const AGREEMENT_TYPES = {
  Agreement: [
    { name: "members", type: "uint32[]" },
    { name: "from", type: "uint16" },
    { name: "until", type: "uint16" },
    { name: "prices", type: "AgreedPrice[]" },
    { name: "document", type: "bytes32" },
  ],
  AgreedPrice: [
    { name: "service", type: "uint16" },
    { name: "price", type: "uint64" },
    { name: "back", type: "uint64" },
  ],
};

/** A statement as {@link STATEMENT_TYPES} spell it: a line without a work names work 0. */
export function typedStatement({ lines, ...statement }: Statement) {
  return { ...statement, lines: lines.map((line) => ({ ...line, resource: line.resource ?? 0 })) };
}
