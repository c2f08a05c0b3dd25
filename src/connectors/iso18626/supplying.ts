import { agencyId, type Codec } from "./codec.ts";
import { deliveryInfo } from "./delivery.ts";
import { header } from "./header.ts";
import { messageInfo, retryInfo, statusInfo } from "./status.ts";
import { maybe, one, struct, type Struct } from "./struct.ts";

const returnShape = { returnAgencyId: maybe(agencyId) };

const shape = {
  header: one(header),
  messageInfo: one(messageInfo),
  /** Required by the schema; answers to a cancellation are sent without it. */
  statusInfo: maybe(statusInfo),
  retryInfo: maybe(retryInfo),
  deliveryInfo: maybe(deliveryInfo),
  returnInfo: maybe(struct(returnShape)),
};

/** The supplier answers, or tells a change. */
export type SupplyingAgencyMessage = Struct<typeof shape>;
export const supplyingAgencyMessage: Codec<SupplyingAgencyMessage> = struct(shape);
