import { oneOf, type Codec } from "./codec.ts";
import { ACTIONS } from "./codes.ts";
import { header } from "./header.ts";
import { one, struct, type Struct } from "./struct.ts";

const shape = { header: one(header), action: one(oneOf(ACTIONS)) };

/** The requester acts: cancels, receives, sends back. */
export type RequestingAgencyMessage = Struct<typeof shape>;
export const requestingAgencyMessage: Codec<RequestingAgencyMessage> = struct(shape);
