import { agency, type Agency } from "../../src/core/ids.ts";
import { parseCredits } from "../../src/core/money.ts";
import type { Action, Status } from "../../src/connectors/iso18626/codes.ts";
import type { Instant } from "../../src/connectors/iso18626/instant.ts";
import { isEdition2021, writeMessage, type Message } from "../../src/connectors/iso18626/message.ts";
import type { Request } from "../../src/connectors/iso18626/request.ts";
import type { SupplyingAgencyMessage } from "../../src/connectors/iso18626/supplying.ts";

export interface Parties {
  readonly supplier: string | undefined;
  readonly consumer: string;
  readonly request: string;
}

export interface Ask {
  readonly service: string;
  readonly work: Record<string, unknown>;
  readonly maximum?: string;
  readonly currency?: string;
  readonly type?: "New" | "Retry" | "Reminder";
  readonly previous?: string;
  /** Raw XML put before the request's end, as systems that send readers' data do. */
  readonly raw?: string;
}

export interface Say {
  readonly cost?: string;
  readonly currency?: string;
  readonly offered?: string;
  /** Whether the item leaves with this message. */
  readonly sent?: boolean;
  readonly delivered?: string;
  /** Hours between the change and the message that tells it. */
  readonly late?: number;
  readonly answer?: "Y" | "N";
}

export function costs(
  value: string,
  currency = "EUR",
): { currencyCode: { value: string }; monetaryValue: never } {
  return { currencyCode: { value: currency }, monetaryValue: parseCredits(value) as never };
}

const HOUR = 3_600_000;
const isil = (symbol: string): Agency => agency("ISIL", symbol);

/** What two libraries write to each other about one request, message by message. */
export class Conversation {
  readonly files: { readonly name: string; readonly xml: string }[] = [];
  readonly version: string;
  /** Now, in milliseconds. */
  clock: number;
  readonly #parties: Parties;

  constructor(parties: Parties, start: number, version = "1.2") {
    this.#parties = parties;
    this.clock = start;
    this.version = version;
  }

  wait(hours: number): this {
    this.clock += Math.round(hours * HOUR);
    return this;
  }

  ask({ service, work, maximum, currency, type = "New", previous, raw }: Ask): this {
    const body: Request = {
      header: this.#header(),
      bibliographicInfo: work,
      serviceInfo: {
        requestType: type,
        ...(previous === undefined ? {} : { requestingAgencyPreviousRequestId: previous }),
        serviceType: service,
        serviceLevel: { value: "Normal" },
      },
      ...(maximum === undefined ? {} : { billingInfo: { maximumCosts: costs(maximum, currency) } }),
    };
    return this.#add("request", { kind: "request", version: this.version, body }, raw);
  }

  say(status: Status, { cost, currency, offered, sent, delivered, late = 0, answer }: Say = {}): this {
    const at = (this.clock - late * HOUR) as Instant;
    const offer = offered === undefined ? undefined : costs(offered, currency);
    const first = !this.files.some(({ name }) => name.includes("supplying"));
    const delivery = {
      ...(sent === true || cost !== undefined ? { dateSent: at } : {}),
      ...(delivered === undefined ? {} : { serviceType: delivered }),
      ...(cost === undefined ? {} : { deliveryCosts: [costs(cost, currency)] }),
    };
    const body = {
      header: this.#header(),
      messageInfo: {
        reasonForMessage:
          answer !== undefined ? "CancelResponse" : first ? "RequestResponse" : "StatusChange",
        ...(answer === undefined ? {} : { answerYesNo: answer }),
        ...(status === "Unfilled" ? { reasonUnfilled: { value: "NotOnShelf" } } : {}),
        ...(offer === undefined || isEdition2021(this.version) ? {} : { offeredCosts: offer }),
      },
      statusInfo: { status, lastChange: at },
      ...(offer === undefined || !isEdition2021(this.version)
        ? {}
        : { retryInfo: { offeredCosts: [offer] } }),
      ...(Object.keys(delivery).length === 0 ? {} : { deliveryInfo: delivery }),
    } as SupplyingAgencyMessage;
    return this.#add(`supplying-${status}`, { kind: "supplyingAgencyMessage", version: this.version, body });
  }

  act(action: Action): this {
    const body = { header: this.#header(), action };
    return this.#add(`requesting-${action}`, {
      kind: "requestingAgencyMessage",
      version: this.version,
      body,
    });
  }

  /** The receiver's answer to the message sent last. */
  confirm(messageStatus: "OK" | "ERROR", anonymous = false): this {
    const { supplier, consumer, request } = this.#parties;
    const of = this.files.at(-1)?.name ?? "";
    const kind = of.includes("request.")
      ? "request"
      : of.includes("supplying")
        ? "supplyingAgencyMessage"
        : "requestingAgencyMessage";
    const ids = {
      ...(supplier === undefined ? {} : { supplyingAgencyId: isil(supplier) }),
      ...{ requestingAgencyId: isil(consumer), requestingAgencyRequestId: request },
    };
    const body = {
      confirmationHeader: {
        ...(anonymous ? {} : ids),
        ...{
          timestamp: this.clock as Instant,
          timestampReceived: (this.clock + 2000) as Instant,
          messageStatus,
        },
      },
      ...(messageStatus === "OK" ? {} : { errorData: [{ errorType: "UnrecognisedDataValue" as const }] }),
    };
    return this.#add("confirmation", { kind: `${kind}Confirmation`, version: this.version, body });
  }

  /** Sends the last message once more, as systems do that never got an answer. */
  repeat(): this {
    const last = this.files.at(-1);
    if (last !== undefined) this.#file(`${last.name.replace(/^\d+-|\.xml$/g, "")}-repeated`, last.xml);
    return this;
  }

  /** Forgets a message, as exports do. */
  lose(label: string): this {
    const index = this.files.findIndex(({ name }) => name.includes(label));
    this.files.splice(index, 1);
    return this;
  }

  #header(): SupplyingAgencyMessage["header"] {
    const { supplier, consumer, request } = this.#parties;
    return {
      ...(supplier === undefined ? {} : { supplyingAgencyId: isil(supplier) }),
      requestingAgencyId: isil(consumer),
      timestamp: this.clock as Instant,
      requestingAgencyRequestId: request,
    } as SupplyingAgencyMessage["header"];
  }

  #add(label: string, message: Message, raw?: string): this {
    const xml = writeMessage(message);
    const end = xml.includes("    <billingInfo>") ? "    <billingInfo>" : "  </request>";
    this.#file(label, raw === undefined ? xml : xml.replace(end, `${raw}\n${end}`));
    return this;
  }

  #file(label: string, xml: string): void {
    this.files.push({ name: `${this.files.length + 1}-${label}.xml`, xml });
  }
}
