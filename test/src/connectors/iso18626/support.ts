import { isConsortiaError, type ConsortiaError } from "../../../../src/core/error.ts";
import { agency } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import type { Action, Status } from "../../../../src/connectors/iso18626/codes.ts";
import type { Costs } from "../../../../src/connectors/iso18626/costs.ts";
import { foldExchanges, type Fold } from "../../../../src/connectors/iso18626/fold/fold.ts";
import type { Instant } from "../../../../src/connectors/iso18626/instant.ts";
import type { Message } from "../../../../src/connectors/iso18626/message.ts";
import type { Request } from "../../../../src/connectors/iso18626/request.ts";
import type { SupplyingAgencyMessage } from "../../../../src/connectors/iso18626/supplying.ts";

/** JSON with amounts as text. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}

export function failure(run: () => unknown): ConsortiaError {
  try {
    run();
  } catch (error) {
    if (isConsortiaError(error)) return error;
    throw error;
  }
  throw new Error("It was expected to fail.");
}

/** Hour `hours` of 1 October 2026. */
export function at(hours: number): Instant {
  return (Date.UTC(2026, 9, 1) + Math.round(hours * 3_600_000)) as Instant;
}

export function costs(value: string, currency = "EUR"): Costs {
  return { currencyCode: { value: currency }, monetaryValue: parseCredits(value) };
}

interface Who {
  readonly supplier?: string;
  readonly consumer?: string;
  readonly request?: string;
}

function header(
  hours: number,
  { supplier = "XA-S", consumer = "XA-C", request = "R1" }: Who,
): SupplyingAgencyMessage["header"] {
  return {
    supplyingAgencyId: agency("ISIL", supplier),
    requestingAgencyId: agency("ISIL", consumer),
    timestamp: at(hours),
    requestingAgencyRequestId: request,
  };
}

export function ask(
  hours: number,
  service: string | undefined,
  more: Who & { maximum?: Costs; info?: Partial<NonNullable<Request["serviceInfo"]>>; title?: string } = {},
): Message {
  const body: Request = {
    header: header(hours, more),
    bibliographicInfo: { title: more.title ?? "Notes on River Ice" },
    ...(service === undefined ? {} : { serviceInfo: { serviceType: service, ...more.info } }),
    ...(more.maximum === undefined ? {} : { billingInfo: { maximumCosts: more.maximum } }),
  };
  return { kind: "request", version: "1.2", body };
}

export function say(
  hours: number,
  status: Status | undefined,
  more: Who & {
    changed?: number;
    answer?: "Y" | "N";
    delivery?: SupplyingAgencyMessage["deliveryInfo"];
    offered?: Costs;
  } = {},
): Message {
  const body: SupplyingAgencyMessage = {
    header: header(hours, more),
    messageInfo: {
      reasonForMessage: more.answer === undefined ? "StatusChange" : "CancelResponse",
      ...(more.answer === undefined ? {} : { answerYesNo: more.answer }),
      ...(more.offered === undefined ? {} : { offeredCosts: more.offered }),
    },
    ...(status === undefined ? {} : { statusInfo: { status, lastChange: at(more.changed ?? hours) } }),
    ...(more.delivery === undefined ? {} : { deliveryInfo: more.delivery }),
  };
  return { kind: "supplyingAgencyMessage", version: "1.2", body };
}

export function act(hours: number, action: Action, who: Who = {}): Message {
  return { kind: "requestingAgencyMessage", version: "1.2", body: { header: header(hours, who), action } };
}

/** The receiver's answer to the message of an hour. */
export function confirm(
  hours: number,
  of: "request" | "supplyingAgencyMessage",
  messageStatus: "OK" | "ERROR",
): Message {
  const { supplyingAgencyId, requestingAgencyId, timestamp, requestingAgencyRequestId } = header(hours, {});
  const ids = { supplyingAgencyId, requestingAgencyId, timestamp, requestingAgencyRequestId };
  const confirmationHeader = { ...ids, timestampReceived: at(hours + 0.01), messageStatus };
  return { kind: `${of}Confirmation`, version: "1.2", body: { confirmationHeader } };
}

export function fold(...messages: readonly Message[]): Fold {
  return foldExchanges(messages, { currency: "EUR" });
}
