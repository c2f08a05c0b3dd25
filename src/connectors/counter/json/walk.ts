import { TokenType } from "@streamparser/json";
import { flaw } from "../flaw.ts";

/** What stands at a place of interest in a JSON text, in the order in which it is read. */
export type Part =
  | { readonly place: "header"; readonly value: unknown }
  /** The list of items begins. */
  | { readonly place: "items" }
  /** An item; `parent` where a list of items stood in it, which were handed out before it. */
  | { readonly place: "item"; readonly value: unknown; readonly parent: boolean }
  | { readonly place: "exceptions"; readonly value: unknown }
  /**
   * Plain text, number, truth or null beside the header, undefined for what is not kept; `nested` where all of it stands
   * in a `report`.
   */
  | { readonly place: "field"; readonly name: string; readonly value: unknown; readonly nested: boolean }
  /** One of a list that is the whole text. */
  | { readonly place: "element"; readonly value: unknown };

type Place = "root" | "list" | "items" | "item" | "header" | "exceptions" | "element" | "value" | "skip";
type Container = Record<string, unknown> | unknown[];

interface Frame {
  readonly place: Place;
  readonly array: boolean;
  readonly nested: boolean;
  /** What is built; undefined where nothing is kept. */
  readonly value: Container | undefined;
  key: string;
  parent: boolean;
}

type Expecting = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

const MAX_DEPTH = 32;
/** Values in one item or header; a whole year of every metric and attribute has fewer than 10,000. */
const MAX_VALUES = 200_000;
const KEPT: ReadonlySet<Place> = new Set<Place>(["item", "header", "exceptions", "element", "value"]);

/**
 * Follows the tokens of one JSON text and hands out header and items one by one, so that nothing is kept of what was read.
 * @throws `CounterNotJson`, `CounterTooLarge`
 */
export class JsonWalk {
  readonly #stack: Frame[] = [];
  readonly #found = new Set<string>();
  #parts: Part[] = [];
  #expecting: Expecting = "value";
  #values = 0;

  /** What was completed since the last call. */
  taken(): Part[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** @throws `CounterNotJson` where the text is not complete */
  end(): void {
    if (this.#expecting !== "nothing") throw broken("ends in the middle");
  }

  token(type: TokenType, value: unknown): void {
    switch (type) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET: {
        this.#begin(type === TokenType.LEFT_BRACKET);
        return;
      }
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET: {
        this.#close(type === TokenType.RIGHT_BRACKET);
        return;
      }
      case TokenType.COLON: {
        this.#punctuation("colon", "value");
        return;
      }
      case TokenType.COMMA: {
        this.#punctuation("comma or end", this.#stack.at(-1)?.array === true ? "value" : "key");
        return;
      }
      default: {
        this.#plain(type, value);
        return;
      }
    }
  }

  #punctuation(expected: Expecting, next: Expecting): void {
    if (this.#expecting !== expected) throw broken(`has a sign where ${this.#expecting} should stand`);
    this.#expecting = next;
  }

  #begin(array: boolean): void {
    this.#expectValue();
    if (this.#stack.length >= MAX_DEPTH) throw broken(`is nested more than ${MAX_DEPTH} deep`);
    const top = this.#stack.at(-1);
    const place = top === undefined ? (array ? "list" : "root") : this.#placeIn(top, array);
    const nested = place === "root" ? top !== undefined : (top?.nested ?? false);
    const value = KEPT.has(place) ? emptyContainer(array) : undefined;
    this.#stack.push({ place, array, nested, value, key: "", parent: false });
    this.#expecting = array ? "value or end" : "key or end";
  }

  #placeIn(top: Frame, array: boolean): Place {
    if (top.place === "root") return this.#placeAtRoot(top, array);
    if (top.place === "list") return "element";
    if (top.place === "items") return "item";
    if (top.place === "item" && array && top.key === "Items") {
      top.parent = true;
      return "items";
    }
    return top.value === undefined ? "skip" : "value";
  }

  #placeAtRoot(top: Frame, array: boolean): Place {
    if (top.key === "Report_Items" && array) {
      this.#once(top.key);
      this.#parts.push({ place: "items" });
      return "items";
    }
    if (top.key === "Report_Header") {
      this.#once(top.key);
      return "header";
    }
    if (/^Exceptions?$/.test(top.key)) return "exceptions";
    if (top.key === "report" && !array && !top.nested) return "root";
    this.#parts.push({ place: "field", name: top.key, value: undefined, nested: top.nested });
    return "skip";
  }

  #once(key: string): void {
    if (this.#found.has(key)) throw broken(`has ${key} twice`);
    this.#found.add(key);
  }

  #close(array: boolean): void {
    const expected = array ? /^(value|comma) or end$/ : /^(key|comma) or end$/;
    const top = this.#stack.pop();
    if (top?.array !== array || !expected.test(this.#expecting)) throw broken("closes what is not open");
    this.#after();
    if (top.value === undefined) return;
    if (top.place === "value") {
      this.#keep(top.value);
      return;
    }
    this.#values =
      top.place === "item" && this.#stack.some(({ place }) => place === "item") ? this.#values : 0;
    this.#emit(top.place, top.value, top.parent);
  }

  #emit(place: Place, value: unknown, parent = false): void {
    if (place === "item") this.#parts.push({ place, value, parent });
    else if (place === "header" || place === "exceptions" || place === "element") {
      this.#parts.push({ place, value });
    }
  }

  #plain(type: TokenType, value: unknown): void {
    if (type === TokenType.STRING && /^key/.test(this.#expecting)) {
      this.#name(value as string);
      return;
    }
    this.#expectValue();
    this.#after();
    const top = this.#stack.at(-1);
    if (top === undefined) this.#emit("element", value);
    else if (top.place === "root") {
      this.#parts.push({ place: "field", name: top.key, value, nested: top.nested });
    } else if (top.place === "items" || top.place === "list") {
      this.#emit(top.place === "items" ? "item" : "element", value);
    } else if (top.value !== undefined) this.#keep(value);
  }

  #name(key: string): void {
    const top = this.#stack.at(-1);
    if (top === undefined) throw broken("has a name outside an object");
    if (top.value !== undefined && key in top.value) throw broken("has a name twice in one object");
    top.key = key;
    this.#expecting = "colon";
  }

  #keep(value: unknown): void {
    const top = this.#stack.at(-1);
    this.#values += 1;
    if (this.#values > MAX_VALUES) {
      throw flaw("CounterTooLarge", `One item has more than ${MAX_VALUES} values.`);
    }
    if (Array.isArray(top?.value)) top.value.push(value);
    else if (top?.value !== undefined) top.value[top.key] = value;
  }

  #expectValue(): void {
    if (!this.#expecting.startsWith("value"))
      throw broken(`has a value where ${this.#expecting} should stand`);
  }

  #after(): void {
    this.#expecting = this.#stack.length === 0 ? "nothing" : "comma or end";
  }
}

/** Objects have no prototype, so that no name of a stranger's means anything. */
const emptyContainer = (array: boolean): Container =>
  array ? [] : (Object.create(null) as Record<string, unknown>);

const broken = (what: string) => flaw("CounterNotJson", `The JSON ${what}.`);
