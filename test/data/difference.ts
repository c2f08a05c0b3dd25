import type { Figures } from "./row.ts";

const isList = (value: Figures | undefined): value is readonly Figures[] => Array.isArray(value);

/** Where two figures first part, in words; `undefined` where they are the same. Names without a value do not count. */
export function difference(
  expected: Figures | undefined,
  found: Figures | undefined,
  at = "",
): string | undefined {
  if (expected === found) return undefined;
  const both = [expected, found];
  if (both.every(isObject) && both.every(isList) === both.some(isList)) {
    const [left, right] = both as [Fields, Fields];
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const said = difference(left[name], right[name], at === "" ? name : `${at}.${name}`);
      if (said !== undefined) return said;
    }
    return undefined;
  }
  return `${at === "" ? "it" : at} is ${show(found)}, expected ${show(expected)}`;
}

type Fields = Readonly<Record<string, Figures | undefined>>;

function isObject(value: Figures | undefined): boolean {
  return typeof value === "object" && value !== null;
}

function show(value: Figures | undefined): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
