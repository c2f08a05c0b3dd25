import { agencyId, text, type Codec } from "./codec.ts";
import { bibliographicInfo, publicationInfo } from "./bibliographic.ts";
import { billingInfo } from "./billing.ts";
import { requestHeader } from "./header.ts";
import { serviceInfo } from "./service.ts";
import { evenEmpty, many, maybe, one, struct, type Struct } from "./struct.ts";

const supplierShape = { supplierCode: maybe(agencyId), callNumber: maybe(text) };

const shape = {
  header: one(requestHeader),
  bibliographicInfo: evenEmpty(bibliographicInfo),
  publicationInfo: maybe(publicationInfo),
  serviceInfo: maybe(serviceInfo),
  supplierInfo: many(struct(supplierShape)),
  billingInfo: maybe(billingInfo),
};

/** The requester asks. The reader, the delivery addresses and the contacts are not copied. */
export type Request = Struct<typeof shape>;
export const request: Codec<Request> = struct(shape);
