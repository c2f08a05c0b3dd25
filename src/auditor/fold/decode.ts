import { AbiCoder, getBytes, ParamType, type EventFragment, type Interface, type Result } from "ethers";
import type { RawLog } from "../chain/block.ts";

/** An event of one contract. Its values are as its parameters' types have them: see {@link readWord}. */
export interface ChainEvent {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A log that is none of a contract's events, or not as its event would be. */
export class LogUnreadable extends Error {
  readonly code: "LogForeign" | "LogMalformed";

  constructor(code: LogUnreadable["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads logs of one contract. @throws {@link LogUnreadable} */
export type EventReader = (log: RawLog) => ChainEvent;

interface Shape {
  readonly fragment: EventFragment;
  readonly topics: readonly ParamType[];
  /** In the data, where they are words and bytes and read here; whatever else there is, the library decodes. */
  readonly data: readonly ParamType[] | undefined;
  /** All that is in the data, as the library decodes it: texts as bytes, since they may be no texts. */
  readonly foreign: readonly ParamType[];
}

const WORD = 64;
const OWN = /^(uint\d+|address|bool|bytes\d*)$/;

/** A reader of a contract's events by its interface. */
export function createEventReader(abi: Interface): EventReader {
  const shapes = new Map<string, Shape>();
  abi.forEachEvent((fragment) => {
    const data = fragment.inputs.filter(({ indexed }) => indexed !== true);
    shapes.set(fragment.topicHash, {
      fragment,
      topics: fragment.inputs.filter(({ indexed }) => indexed === true),
      data: data.every(({ type }) => OWN.test(type)) ? data : undefined,
      foreign: data.map(withoutTexts),
    });
  });

  return (log) => {
    const shape = shapes.get(log.topics[0] ?? "");
    if (shape === undefined) {
      throw new LogUnreadable("LogForeign", `topic ${log.topics[0] ?? "none"} is no event of the contract`);
    }
    const { fragment, topics, data, foreign } = shape;
    if (log.topics.length !== topics.length + 1) throw malformed(fragment.name, "has too few or many topics");
    const args: Record<string, unknown> = {};
    topics.forEach((param, i) => {
      args[param.name] = readWord(fragment.name, param, log.topics[i + 1]!, 2);
    });
    if (data === undefined) Object.assign(args, readForeign(fragment.name, foreign, log));
    else {
      let length = 2 + WORD * data.length;
      data.forEach((param, i) => {
        const at = 2 + WORD * i;
        if (param.type !== "bytes") args[param.name] = readWord(fragment.name, param, log.data, at);
        else {
          const bytes = readBytes(fragment.name, log.data, at);
          args[param.name] = bytes;
          length += WORD * (1 + Math.ceil(bytes.length / 32));
        }
      });
      if (log.data.length !== length) throw malformed(fragment.name, "has too few or many data");
    }
    return { name: fragment.name, args };
  };
}

/**
 * One value from 32 bytes of hexadecimal: numbers of up to 48 bits as numbers, larger ones as bigints, addresses and
 * bytes as text in lower case.
 */
function readWord(event: string, { type, name }: ParamType, hex: string, at: number): unknown {
  const word = hex.slice(at, at + WORD);
  if (word.length !== WORD) throw malformed(event, `breaks off before its ${name} ends`);
  const wide = (digits: number): string => {
    if (/[^0]/.test(word.slice(0, WORD - digits))) throw malformed(event, `has a ${name} that is no ${type}`);
    return word.slice(WORD - digits);
  };
  if (type === "address") return `0x${wide(40)}`;
  if (type === "bool") {
    if (wide(1) > "1") throw malformed(event, `has a ${name} that is no ${type}`);
    return word.endsWith("1");
  }
  if (type.startsWith("uint")) {
    const bits = Number(type.slice(4));
    const digits = wide(bits / 4);
    return bits <= 48 ? parseInt(digits, 16) : BigInt(`0x${digits}`);
  }
  if (type.startsWith("bytes")) {
    const digits = 2 * Number(type.slice(5));
    if (/[^0]/.test(word.slice(digits))) throw malformed(event, `has a ${name} that is no ${type}`);
    return `0x${word.slice(0, digits)}`;
  }
  throw malformed(event, `has a ${name} of an unknown type`);
}

/** Bytes of any length, which lie where the word at `at` says. */
function readBytes(event: string, hex: string, at: number): Uint8Array {
  const number = (from: number): number => {
    const word = hex.slice(from, from + WORD);
    const value = word.length === WORD ? Number(`0x${word}`) : Infinity;
    if (value > hex.length / 2) throw malformed(event, "has data that break off");
    return value;
  };
  const start = 2 + 2 * number(at);
  const end = start + WORD + 2 * number(start);
  if (end > hex.length) throw malformed(event, "has data that break off");
  return new Uint8Array(Buffer.from(hex.slice(start + WORD, end), "hex"));
}

/** Values of other kinds, by the library. */
function readForeign(event: string, params: readonly ParamType[], log: RawLog): Record<string, unknown> {
  try {
    const result = AbiCoder.defaultAbiCoder().decode(params, log.data);
    return Object.fromEntries(params.map((param, i) => [param.name, plain(param, result[i])]));
  } catch {
    throw malformed(event, "has data that cannot be read");
  }
}

/** The same type with bytes for every text in it; both are encoded alike. */
function withoutTexts(param: ParamType): ParamType {
  const json = JSON.parse(param.format("json"), (key, value: unknown) => {
    if (key === "indexed") return undefined;
    return key === "type" && typeof value === "string" ? value.replace(/^string/, "bytes") : value;
  }) as Record<string, unknown>;
  return ParamType.from(json);
}

/** The library's values as {@link readWord} gives them; structs as objects, bytes as bytes. */
function plain(param: ParamType, value: unknown): unknown {
  if (param.arrayChildren !== null) {
    return [...(value as Result)].map((one: unknown) => plain(param.arrayChildren!, one));
  }
  if (param.components !== null) {
    const result = value as Result;
    return Object.fromEntries(param.components.map((part, i) => [part.name, plain(part, result[i])]));
  }
  if (param.type === "bytes") return getBytes(value as string);
  if (typeof value === "string") return value.toLowerCase();
  if (typeof value === "bigint" && /^uint(8|16|24|32|40|48)$/.test(param.type)) return Number(value);
  return value;
}

function malformed(event: string, what: string): LogUnreadable {
  return new LogUnreadable("LogMalformed", `${event} ${what}`);
}
