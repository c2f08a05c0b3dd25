import { agency, type Agency } from "../../core/ids.ts";
import { formatCredits, parseCredits, type Credits } from "../../core/money.ts";
import { fieldError } from "./error.ts";
import { formatInstant, parseInstant, type Instant } from "./instant.ts";
import type { XmlNode } from "../xml/node.ts";
import { NAMESPACE } from "./xml.ts";
import type { XmlWriter } from "./writer.ts";

/**
 * How one element is read into a value and written from it. What no codec names is never copied: readers' data,
 * addresses, contacts, notes and security codes therefore cannot enter a message, and cannot leave with one.
 */
export interface Codec<T> {
  /** `undefined` where the element stands for nothing that is kept. */
  read(node: XmlNode, path: string): T | undefined;
  write(value: T, name: string, out: XmlWriter): void;
}

/** True where an element holds nothing but blanks: many systems send empty elements for "not known". */
function blank(node: XmlNode): boolean {
  return node.text.trim() === "" && node.children.every(blank);
}

/** The elements of one name below a parent, of the standard's namespace or of none; blank ones are left out. */
export function elements(parent: XmlNode, name: string): XmlNode[] {
  return parent.children.filter((node) => node.name === name && isOurs(node) && !blank(node));
}

export function isOurs(node: XmlNode): boolean {
  return node.namespace === NAMESPACE || node.namespace === "";
}

/** A codec for an element that holds text alone. */
function textual<T>(
  expected: string,
  parse: (text: string) => T | undefined,
  format: (value: T) => string,
): Codec<T> {
  return {
    read(node, path) {
      if (node.children.length > 0)
        throw fieldError(path, `<${node.children[0]?.name ?? ""}>`, "text without elements");
      const value = parse(node.text.trim());
      if (value === undefined) throw fieldError(path, node.text.trim(), expected);
      return value;
    },
    write: (value, name, out) => out.leaf(name, format(value)),
  };
}

export const text: Codec<string> = textual(
  "text",
  (value) => value,
  (value) => value,
);

export const dateTime: Codec<Instant> = textual(
  "a date and time with its zone, such as 2026-10-01T09:30:00Z",
  parseInstant,
  formatInstant,
);

export function oneOf<const T extends string>(values: readonly T[]): Codec<T> {
  return textual(
    `one of ${values.join(", ")}`,
    (value) => values.find((known) => known === value),
    (value) => value,
  );
}

/** A decimal amount, not negative, of at most six decimals and nineteen digits before them. */
export const amount: Codec<Credits> = textual(
  "a decimal amount from 0 with at most six decimals, such as 12.50",
  (value) => {
    const plain = /^\+?(\d*)\.?(\d*)$/.exec(value);
    if (plain === null || `${plain[1]}${plain[2]}` === "") return undefined;
    try {
      return parseCredits(
        plain[2] === "" ? `${plain[1]}` : `${plain[1] === "" ? "0" : plain[1]}.${plain[2]}`,
      );
    } catch {
      return undefined;
    }
  },
  formatCredits,
);

/** A value of an open list, with the scheme it is taken from where one is named. */
export interface Coded {
  readonly value: string;
  readonly scheme?: string;
}

export const coded: Codec<Coded> = {
  read(node, path) {
    const value = text.read(node, path) ?? "";
    const scheme = node.attributes.get("scheme")?.trim() ?? "";
    return scheme === "" ? { value } : { value, scheme };
  },
  write: (value, name, out) => out.leaf(name, value.value, value.scheme),
};

/** Agencies are named by type and value alone, as the register names them. */
export const agencyId: Codec<Agency> = {
  read(node, path) {
    const [type, value] = ["agencyIdType", "agencyIdValue"].map((name) => {
      const found = elements(node, name);
      if (found.length !== 1) throw fieldError(`${path}/${name}`, undefined, "exactly one, not empty");
      return text.read(found[0] as XmlNode, `${path}/${name}`) ?? "";
    }) as [string, string];
    try {
      return agency(type, value);
    } catch {
      throw fieldError(path, `${type}:${value}`, "a scheme and a symbol, such as ISIL and DE-1");
    }
  },
  write(value, name, out) {
    const colon = value.indexOf(":");
    out.element(name, () => {
      out.leaf("agencyIdType", value.slice(0, colon));
      out.leaf("agencyIdValue", value.slice(colon + 1));
    });
  },
};
