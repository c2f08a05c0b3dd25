import { elements, type Codec } from "./codec.ts";
import { fieldError } from "./error.ts";
import type { XmlWriter } from "./writer.ts";
import type { XmlNode } from "../xml/node.ts";

/** One named field of a structure: how often it may appear, and how it is read and written. */
export interface Field<T, Required extends boolean> {
  readonly required: Required;
  read(parent: XmlNode, name: string, path: string): T | undefined;
  write(value: T | undefined, name: string, out: XmlWriter): void;
}

type Shape = Readonly<Record<string, Field<unknown, boolean>>>;
type Value<F> = F extends Field<infer T, boolean> ? T : never;
type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The structure's type: required fields, then those that may be absent. */
export type Struct<S extends Shape> = Flat<
  { [K in keyof S as S[K] extends Field<unknown, true> ? K : never]: Value<S[K]> } & {
    [K in keyof S as S[K] extends Field<unknown, true> ? never : K]?: Value<S[K]>;
  }
>;

function single<T>(codec: Codec<T>, parent: XmlNode, name: string, path: string): T | undefined {
  const found = elements(parent, name);
  if (found.length > 1) throw fieldError(`${path}/${name}`, `${found.length} elements`, "one");
  return found[0] === undefined ? undefined : codec.read(found[0], `${path}/${name}`);
}

/** A field that must be there. */
export function one<T>(codec: Codec<T>): Field<T, true> {
  return {
    required: true,
    read(parent, name, path) {
      const value = single(codec, parent, name, path);
      if (value === undefined) throw fieldError(`${path}/${name}`, undefined, "it to be given, not empty");
      return value;
    },
    write(value, name, out) {
      if (value !== undefined) codec.write(value, name, out);
    },
  };
}

/** A field that may be there once. */
export function maybe<T>(codec: Codec<T>): Field<T, false> {
  return { ...one(codec), required: false, read: (parent, name, path) => single(codec, parent, name, path) };
}

/** A field that may be there any number of times; never an empty list. */
export function many<T>(codec: Codec<T>): Field<readonly T[], false> {
  return {
    required: false,
    read(parent, name, path) {
      const found = elements(parent, name);
      const values = found.flatMap((node, index) => codec.read(node, `${path}/${name}[${index + 1}]`) ?? []);
      return values.length === 0 ? undefined : values;
    },
    write(values, name, out) {
      for (const value of values ?? []) codec.write(value, name, out);
    },
  };
}

/** A field that the schema requires even where it says nothing: it is then written as an empty element. */
export function evenEmpty<T>(codec: Codec<T>, only12 = false): Field<T, false> {
  const field = maybe(codec);
  return {
    ...field,
    write(value, name, out) {
      if (value === undefined && !(only12 && out.edition2021)) out.leaf(name, "");
      else field.write(value, name, out);
    },
  };
}

/**
 * A structure of named fields in the schema's order; whatever else the element holds is left where it is.
 * @param order2021 the order of the 2021 edition where it differs.
 */
export function struct<S extends Shape>(
  shape: S,
  order2021: readonly (keyof S & string)[] = [],
): Codec<Struct<S>> {
  const names = Object.keys(shape);
  return {
    read(node, path) {
      const value: Record<string, unknown> = {};
      for (const name of names) {
        const field = shape[name]?.read(node, name, path);
        if (field !== undefined) value[name] = field;
      }
      return Object.keys(value).length === 0 ? undefined : (value as Struct<S>);
    },
    write(value, name, out) {
      out.element(name, () => {
        for (const key of out.edition2021 && order2021.length > 0 ? order2021 : names) {
          shape[key]?.write((value as Record<string, unknown>)[key], key, out);
        }
      });
    },
  };
}
