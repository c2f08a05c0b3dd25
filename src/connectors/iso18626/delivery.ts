import { coded, dateTime, text, type Codec } from "./codec.ts";
import { costs } from "./costs.ts";
import { many, maybe, struct, type Struct } from "./struct.ts";

const shape = {
  dateSent: maybe(dateTime),
  itemId: many(text),
  /** v1.2; the 2021 edition calls it `deliveryMethod`. */
  sentVia: maybe(coded),
  deliveryMethod: maybe(coded),
  loanCondition: many(coded),
  /** v1.2; the 2021 edition calls it `itemFormat`. */
  deliveredFormat: maybe(coded),
  itemFormat: maybe(coded),
  serviceType: maybe(text),
  deliveryCosts: many(costs),
  paymentMethod: maybe(coded),
};

/** What was sent, when and at what cost. Addresses, document links and `sentToPatron` are not copied. */
export type DeliveryInfo = Struct<typeof shape>;
export const deliveryInfo: Codec<DeliveryInfo> = struct(shape);
