import { ConsortiaError } from "../../core/error.ts";
import type { Credits } from "../../core/money.ts";
import { amountOf, at, textAt } from "../json.ts";

/** What an act comes to for the book. `supplied` alone completes a supply; `received` confirms one. */
export type Effect =
  "none" | "supplied" | "received" | "returned" | "closed" | "withdrawn" | "lost" | "undone";
export type Side = "requester" | "supplier" | "either";

/** An act of staff on a request in ReShare. Of its parameters only a cost is copied: notes and barcodes are not. */
export interface ReshareAction {
  readonly action: string;
  readonly side: Side;
  readonly effect: Effect;
  readonly cost?: { readonly amount: Credits; readonly currency: string };
}

/** mod-rs `org.olf.rs.statemodel.Actions`, by side and effect. */
const ACTIONS: readonly (readonly [Side, Effect, string])[] = [
  [
    "requester",
    "none",
    "requesterAgreeConditions requesterBypassValidation requesterCancel requesterRejectConditions",
  ],
  ["requester", "none", "requesterRetryValidation rerequest localSupplierCannotSupply patronReturnedItem"],
  ["requester", "supplied", "manuallyMarkAvailable manuallyMarkSupplied"],
  ["requester", "received", "requesterReceived slnpRequesterReceived slnpNonReturnableRequesterReceived"],
  ["requester", "returned", "shippedReturn patronReturnedItemAndShippedReturn"],
  ["requester", "closed", "requesterCompleteRequest"],
  ["requester", "withdrawn", "cancelLocal slnpHandleAbort slnpISO18626Aborted"],
  ["requester", "lost", "slnpMarkItemLost"],
  ["supplier", "none", "respondYes slnpRespondYes slnpNonreturnableRespondYes supplierAddCondition"],
  ["supplier", "none", "supplierConditionalSupply supplierMarkConditionsAgreed supplierPrintPullSlip"],
  ["supplier", "none", "supplierCheckInToReshare"],
  ["supplier", "supplied", "supplierMarkShipped supplierCheckInToReshareAndSupplierMarkShipped"],
  ["supplier", "supplied", "supplierFillDigitalLoan supplierAddURLToDocument"],
  ["supplier", "supplied", "slnpSupplierFillAndMarkShipped slnpSupplierSuppliesDocument"],
  ["supplier", "returned", "itemReturned"],
  ["supplier", "closed", "supplierCheckOutOfReshare slnpSupplierCheckOutOfReshare"],
  ["supplier", "withdrawn", "supplierCannotSupply slnpAbortSupply supplierRespondToCancel"],
  ["either", "none", "localNote"],
  ["either", "undone", "undo"],
];
const KNOWN = new Map(
  ACTIONS.flatMap(([side, effect, names]) =>
    names.split(" ").map((name) => [name, { side, effect }] as const),
  ),
);

/**
 * Reads the body of an act, as it is sent to `/rs/patronrequests/{id}/performAction`.
 * @throws `ReshareActionUnknown`; `ReshareActionUnreadable` where it is none, or its cost is no amount
 */
export function readReshareAction(source: unknown): ReshareAction {
  const action = textAt(source, "action");
  if (action === undefined) throw unreadable("it names no action");
  const known = KNOWN.get(action);
  if (known === undefined) {
    const message = `The action "${action.slice(0, 64)}" is none of ReShare's that are known here. It is left out.`;
    throw new ConsortiaError("ReshareActionUnknown", message, { values: { action } });
  }
  const kept =
    action === "supplierRespondToCancel" && textAt(source, "actionParams", "cancelResponse") !== "yes";
  const value = at(source, "actionParams", "cost");
  const act = { action, side: known.side, effect: kept ? "none" : known.effect };
  if (value === undefined || value === null || value === "") return act;
  const [amount, currency] = [amountOf(value), textAt(source, "actionParams", "costCurrency")];
  if (amount === undefined || currency === undefined) throw unreadable("its cost is no amount of a currency");
  return { ...act, cost: { amount, currency } };
}

function unreadable(why: string): ConsortiaError {
  return new ConsortiaError("ReshareActionUnreadable", `The action cannot be read: ${why}. Correct it.`);
}
