import { amount, coded } from "./codec.ts";
import { one, struct } from "./struct.ts";
import type { Codec } from "./codec.ts";
import type { Struct } from "./struct.ts";

const shape = { currencyCode: one(coded), monetaryValue: one(amount) };

/** An amount with its ISO 4217 currency. */
export type Costs = Struct<typeof shape>;
export const costs: Codec<Costs> = struct(shape);
