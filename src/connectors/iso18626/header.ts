import { agencyId, dateTime, text, type Codec } from "./codec.ts";
import { evenEmpty, maybe, one, struct, type Struct } from "./struct.ts";

const ids = {
  requestingAgencyId: one(agencyId),
  consortialId: maybe(agencyId),
  multipleItemRequestId: evenEmpty(text, true),
  timestamp: one(dateTime),
  requestingAgencyRequestId: one(text),
  supplyingAgencyRequestId: maybe(text),
};
const requestShape = { supplyingAgencyId: maybe(agencyId), ...ids };
const messageShape = { supplyingAgencyId: one(agencyId), ...ids };

/** The header of a request. The 2021 edition lets a request leave its supplier open. */
export type RequestHeader = Struct<typeof requestShape>;
export const requestHeader: Codec<RequestHeader> = struct(requestShape);

/** The header of both agencies' later messages. The requester's authentication is never read. */
export type Header = Struct<typeof messageShape>;
export const header: Codec<Header> = struct(messageShape);
