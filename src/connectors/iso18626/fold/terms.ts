import type { Credits } from "../../../core/money.ts";
import type { Costs } from "../costs.ts";
import type { Request } from "../request.ts";
import type { Exchange } from "./exchange.ts";
import type { Reason } from "./reason.ts";
import type { Event } from "./timeline.ts";

/** The money both sides named, in the consortium's currency, or why it cannot be used. */
export type Terms =
  | { readonly maximum?: Credits; readonly cost?: Credits; readonly refused?: undefined }
  | { readonly refused: Reason; readonly why: string };

/** The cost is what was charged on delivery, else what was offered; two different ones are never chosen between. */
export function termsOf(
  request: Request,
  exchange: Exchange,
  supplied: readonly Event[],
  currency: string,
): Terms {
  const charged = supplied.flatMap(({ message }) => message.deliveryInfo?.deliveryCosts ?? []);
  const offered = exchange.supplying.flatMap(({ messageInfo, retryInfo }) => [
    ...(messageInfo.offeredCosts === undefined ? [] : [messageInfo.offeredCosts]),
    ...(retryInfo?.offeredCosts ?? []),
  ]);
  const named = charged.length > 0 ? charged : offered;
  const limit = request.billingInfo?.maximumCosts;
  const foreign = [...named, ...(limit === undefined ? [] : [limit])].find(
    (costs) => code(costs) !== currency,
  );
  if (foreign !== undefined) {
    return { refused: "other-currency", why: `${code(foreign).slice(0, 8)} instead of ${currency}` };
  }
  const parts = supplied.find(({ message }) => (message.deliveryInfo?.deliveryCosts?.length ?? 0) > 1);
  if (parts !== undefined) return { refused: "costs-unclear", why: "several costs in one message" };
  const amounts = new Set(named.map(({ monetaryValue }) => monetaryValue));
  if (amounts.size > 1) return { refused: "costs-unclear", why: `${amounts.size} different costs` };
  const [cost] = amounts;
  const maximum = limit?.monetaryValue;
  return {
    ...(maximum === undefined ? {} : { maximum }),
    ...(cost === undefined ? {} : { cost }),
  };
}

function code({ currencyCode }: Costs): string {
  return currencyCode.value.toUpperCase();
}
