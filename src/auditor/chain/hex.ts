const HEX = /^0x[0-9a-f]*$/i;

/** What a reader of somebody's JSON throws where a field is not what it must be. */
export class ShapeError extends TypeError {}

const shown = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 80);

/** Hexadecimal of so many bytes, or of any whole number of them, in lower case. @throws {@link ShapeError} */
export function hexBytes(value: unknown, what: string, bytes?: number): string {
  const whole = typeof value === "string" && HEX.test(value) && value.length % 2 === 0;
  if (!whole || (bytes !== undefined && value.length !== 2 + 2 * bytes)) {
    throw new ShapeError(`${what} ${shown(value)}`);
  }
  return value.toLowerCase();
}

/** A number in hexadecimal, of any size. @throws {@link ShapeError} */
export function quantity(value: unknown, what: string): bigint {
  if (typeof value !== "string" || !HEX.test(value) || value.length < 3 || value.length > 66) {
    throw new ShapeError(`${what} ${shown(value)}`);
  }
  return BigInt(value);
}

/** A number in hexadecimal that counts or points: a block, a place, a second. @throws {@link ShapeError} */
export function count(value: unknown, what: string): number {
  const number = Number(quantity(value, what));
  if (Number.isSafeInteger(number)) return number;
  throw new ShapeError(`${what} ${String(value)}`);
}

/** An object, to read fields of. @throws {@link ShapeError} */
export function fields(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new ShapeError(`${what} ${shown(value)}`);
}

/** A list, each of whose items is read by `item`. @throws {@link ShapeError} */
export function list<T>(value: unknown, what: string, item: (one: unknown) => T): T[] {
  if (Array.isArray(value)) return value.map(item);
  throw new ShapeError(`${what} ${shown(value)}`);
}

/** A number as JSON-RPC spells it. */
export const toQuantity = (value: number): string => `0x${value.toString(16)}`;
