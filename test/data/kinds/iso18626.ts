import { parseMessage } from "../../../src/connectors/iso18626/message.ts";
import { textOf, type Figures, type Reader } from "../row.ts";

/** An ISO 18626 message: who asks whom for what, and what it says. */
export const readIso18626: Reader = (file) => {
  const { kind, version, body } = parseMessage(textOf(file));
  const header = "confirmationHeader" in body ? body.confirmationHeader : body.header;
  const says: Record<string, Figures | undefined> = {};
  if ("serviceInfo" in body) says.service = body.serviceInfo.serviceType;
  if ("messageInfo" in body) says.reason = body.messageInfo.reasonForMessage;
  if ("statusInfo" in body) says.status = body.statusInfo.status;
  if ("action" in body) says.action = body.action;
  if ("confirmationHeader" in body) says.messageStatus = body.confirmationHeader.messageStatus;
  if ("reasonForMessage" in body) says.confirms = body.reasonForMessage;
  return {
    kind,
    version,
    supplier: header.supplyingAgencyId,
    requester: header.requestingAgencyId,
    request: header.requestingAgencyRequestId,
    at: new Date(Number(header.timestamp)).toISOString(),
    ...says,
  };
};
