import { ConsortiaError } from "../../core/error.ts";
import { isOurs, type Codec } from "./codec.ts";
import {
  requestConfirmation,
  requestingAgencyMessageConfirmation,
  supplyingAgencyMessageConfirmation,
  type RequestConfirmation,
  type RequestingAgencyMessageConfirmation,
  type SupplyingAgencyMessageConfirmation,
} from "./confirmation.ts";
import { fieldError } from "./error.ts";
import { request, type Request } from "./request.ts";
import { requestingAgencyMessage, type RequestingAgencyMessage } from "./requesting.ts";
import { supplyingAgencyMessage, type SupplyingAgencyMessage } from "./supplying.ts";
import { XmlWriter } from "./writer.ts";
import type { XmlNode } from "../xml/node.ts";
import { NAMESPACE, readXml, type XmlLimits } from "./xml.ts";

interface Bodies {
  request: Request;
  requestConfirmation: RequestConfirmation;
  supplyingAgencyMessage: SupplyingAgencyMessage;
  supplyingAgencyMessageConfirmation: SupplyingAgencyMessageConfirmation;
  requestingAgencyMessage: RequestingAgencyMessage;
  requestingAgencyMessageConfirmation: RequestingAgencyMessageConfirmation;
}

export type MessageKind = keyof Bodies;

/** One message: its kind, the edition it says it follows (`1.2` where it says none) and what it holds. */
export type Message = {
  [K in MessageKind]: { readonly kind: K; readonly version: string; readonly body: Bodies[K] };
}[MessageKind];

const CODECS: { readonly [K in MessageKind]: Codec<Bodies[K]> } = {
  request,
  requestConfirmation,
  supplyingAgencyMessage,
  supplyingAgencyMessageConfirmation,
  requestingAgencyMessage,
  requestingAgencyMessageConfirmation,
};

export const MESSAGE_KINDS = Object.keys(CODECS) as readonly MessageKind[];

/** Whether a version names the 2021 edition: `2021-1`, `2021-2`, or `1.3` as it was called in draft. */
export function isEdition2021(version: string): boolean {
  return /^(20|1\.3)/.test(version);
}

/**
 * Reads one message, with or without its `ISO18626Message` envelope, of v1.x or the 2021 edition.
 * @throws `Iso18626TooLarge`, `Iso18626Doctype`, `Iso18626TooDeep`, `Iso18626NotXml`, `Iso18626UnknownMessage`,
 * `Iso18626Field` (which tells path, value and what was expected)
 */
export function parseMessage(xml: string, limits: XmlLimits = {}): Message {
  const root = readXml(xml, limits);
  const node = isOurs(root) && root.name === "ISO18626Message" ? content(root) : root;
  const kind = MESSAGE_KINDS.find((name) => isOurs(node) && name === node.name);
  if (kind === undefined) throw unknown(node);
  const body = CODECS[kind].read(node, kind);
  if (body === undefined) throw fieldError(kind, undefined, "a message with a header");
  return { kind, version: root.attributes.get("version")?.trim().slice(0, 32) || "1.2", body } as Message;
}

/** Writes a message in the order of its edition's schema. What {@link parseMessage} drops, it cannot write. */
export function writeMessage(message: Message): string {
  const out = new XmlWriter(isEdition2021(message.version));
  const version = message.version.replace(/[^\w.-]/g, "");
  const attributes = ` xmlns="${NAMESPACE}" xmlns:ill="${NAMESPACE}" ill:version="${version}"`;
  const codec = CODECS[message.kind] as Codec<Message["body"]>;
  out.element("ISO18626Message", () => codec.write(message.body, message.kind, out), attributes);
  return out.toString();
}

function content(envelope: XmlNode): XmlNode {
  const [message, ...others] = envelope.children;
  if (message === undefined) throw fieldError("ISO18626Message", undefined, "one message inside");
  if (others.length > 0)
    throw fieldError("ISO18626Message", `${others.length + 1} elements`, "one message inside");
  return message;
}

function unknown(node: XmlNode): ConsortiaError {
  const name = node.name.slice(0, 64);
  return new ConsortiaError(
    "Iso18626UnknownMessage",
    `"${name}" is no message of ISO 18626. Send one of ${MESSAGE_KINDS.join(", ")}.`,
    { values: { name } },
  );
}
