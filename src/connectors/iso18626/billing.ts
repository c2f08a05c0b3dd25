import { coded, type Codec } from "./codec.ts";
import { costs } from "./costs.ts";
import { maybe, struct, type Struct } from "./struct.ts";

const shape = { paymentMethod: maybe(coded), maximumCosts: maybe(costs), billingMethod: maybe(coded) };

/** How the requester pays, and how much at most. Names and addresses on the bill are not copied. */
export type BillingInfo = Struct<typeof shape>;
export const billingInfo: Codec<BillingInfo> = struct(shape);
