import { flag, anyOf, only, optional, small, text, type Json } from "./json.ts";

/** A word for a number that the register keeps of a member: its kind, or its region. */
export interface ClassName {
  readonly id: number;
  readonly name: string;
}

/** What a member is; whoever is in business may not use works under a non-commercial licence. */
export interface Kind extends ClassName {
  readonly commercial: boolean;
}

/** What members are and where they are; both may be empty, where nothing depends on them. */
export interface Classes {
  readonly kinds: readonly Kind[];
  readonly regions: readonly ClassName[];
}

/** Reads a preset's `kinds` and `regions`. @throws TypeError that names the member */
export function readClasses(source: Json): Classes {
  const kinds = anyOf(source, "kinds").map((one): Kind => {
    only(one, "a kind", ["id", "name", "commercial"]);
    return { ...classOf(one, 0xff), commercial: optional(one, "commercial", flag) ?? false };
  });
  const regions = anyOf(source, "regions").map((one): ClassName => {
    only(one, "a region", ["id", "name"]);
    return classOf(one, 0xffff);
  });
  requireDistinct("kinds", kinds);
  requireDistinct("regions", regions);
  return { kinds, regions };
}

/**
 * Numbers names: the given ones as given, others from 1 on in the order they come, past the given.
 * @returns the number of a name, the same whenever it is asked for
 */
export function numbering(given: readonly ClassName[] = []): (name: string) => number {
  const numbers = new Map(given.map(({ id, name }) => [name, id]));
  let last = Math.max(0, ...numbers.values());
  return (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(name, last);
    return last;
  };
}

function classOf(source: Json, most: number): ClassName {
  const id = small(source, "id", most);
  if (id === 0) throw new TypeError('"id" must be a whole number from 1.');
  return { id, name: text(source, "name") };
}

function requireDistinct(list: string, classes: readonly ClassName[]): void {
  const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;
  if (distinct(classes.map(({ id }) => id)) && distinct(classes.map(({ name }) => name))) return;
  throw new TypeError(`"${list}" names one twice.`);
}
