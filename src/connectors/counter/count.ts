import { flaw, quoted } from "./flaw.ts";

/** A count as a number or as digits, which some providers write. @throws `CounterCountInvalid` */
export function countOf(value: unknown, where: string): number {
  const count = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  const shown = typeof value === "number" ? String(value) : quoted(value);
  throw flaw("CounterCountInvalid", `${where} counts ${shown}, which is no whole number from 0 on.`);
}

/** @throws `CounterCountInvalid` where the sum is no longer exact */
export function sumOf(one: number, other: number): number {
  if (Number.isSafeInteger(one + other)) return one + other;
  throw flaw("CounterCountInvalid", "The counts add up to more than can be exact.");
}

/** The platform's name, which is short, of whole letters and no address of a person. @throws `CounterItemInvalid` */
export function platformOf(value: unknown, where: string): string {
  const name = typeof value === "string" ? value.trim() : "";
  if (name === "") throw flaw("CounterItemInvalid", `${where} names no platform.`);
  if (name.length <= 200 && !/[\p{Cc}\p{Cs}]|@[^\s@]+\.[^\s@]/u.test(name)) return name;
  throw flaw("CounterItemInvalid", `${where} names a platform with ${quoted(name)}, which is no name.`);
}

/** Sees that nothing is counted twice within one item. */
export class Once {
  readonly #seen = new Set<string>();

  /** @throws `CounterTwice` */
  check(metric: string, part: string, where: string): void {
    const key = `${metric}|${part}`;
    if (this.#seen.has(key)) throw flaw("CounterTwice", `${where} counts ${metric} twice for the same.`);
    this.#seen.add(key);
  }
}
