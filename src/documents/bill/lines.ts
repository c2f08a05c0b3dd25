import type { Credits } from "../../core/money.ts";
import { unitOf, type Office } from "../office/office.ts";
import type { BillLine } from "./bill.ts";
import type { BillFacts, ChargedStatement } from "./facts.ts";
import { roundHalfEven } from "./round.ts";

/** A line before it is rounded. */
export type PlainLine = Omit<BillLine, "amount">;

/** What counts as one: a sum of money, a parcel of services. */
const ONE = "C62";

/** A sum that no quantity stands behind. */
export function sumLine(text: string, exact: Credits): PlainLine {
  return { text, exact, quantity: 1, unit: ONE };
}

/**
 * A statement as one line: what was served, and to whom or by whom. The quantity is that of its one service; several
 * services, or a claim that was perhaps charged in part, are one parcel.
 */
export function statementLine(
  { statement, gross, claimed }: ChargedStatement,
  whom: string,
  { services }: BillFacts,
  office: Office,
): PlainLine {
  const { lines, supplier, number, period, root } = statement;
  const code = (service: number) => services.get(service) ?? `service ${service}`;
  const [only] = lines;
  const single = only !== undefined && lines.length === 1 && !claimed && only.quantity > 0;
  const served = lines.map(({ service, quantity }) => `${quantity} × ${code(service)}`).join(", ");
  return {
    text: `${single ? code(only.service) : served} ${whom}${claimed ? ", by a settled claim" : ""}`,
    exact: gross,
    ...(single
      ? { quantity: only.quantity, unit: unitOf(office, code(only.service)) }
      : { quantity: 1, unit: ONE }),
    statement: { name: `${supplier}-${number}`, period, root },
  };
}

/** Lines that say something, rounded each for itself. */
export function rounded<T extends { readonly exact: Credits }>(
  lines: readonly T[],
  decimals: number,
): (T & { readonly amount: Credits })[] {
  return lines
    .filter(({ exact }) => exact !== 0n)
    .map((line) => ({ ...line, amount: roundHalfEven(line.exact, decimals) }));
}
