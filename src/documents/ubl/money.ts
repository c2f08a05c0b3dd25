import type { Credits } from "../../core/money.ts";
import type { Bill } from "../bill/bill.ts";
import { paperText } from "../bill/round.ts";
import { element, type Element } from "../xml/element.ts";

/** Writes an amount of a bill's currency. */
export type Money = (name: string, amount: Credits) => Element;

export function moneyOf({ currency, decimals }: Pick<Bill, "currency" | "decimals">): Money {
  return (name, amount) => element(name, paperText(amount, decimals), { currencyID: currency });
}
