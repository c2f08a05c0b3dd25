import type { Field } from "../core/commitment.ts";
import type { DisclosedProof, DisclosedRecord, Disclosure } from "../core/disclosure.ts";
import { hash, memberId, serviceId, statementNumber } from "../core/ids.ts";
import { MAX_COUNT } from "../core/node.ts";
import { address, amount, createReader, list, readRequest, text, whole } from "./reader.ts";

const reader = createReader("disclosure", "DisclosureInvalid");
const { object, at, invalid } = reader;

/**
 * Reads a disclosure from JSON that someone else wrote; members it does not know are refused. It proves nothing yet;
 * see verifyDisclosure.
 * @throws `DisclosureInvalid` naming the member.
 */
export function parseDisclosure(value: unknown): Disclosure {
  const members = "version chainId ledger supplier consumer number root record leaf proof".split(" ");
  const source = object("disclosure", value, members);
  const { version } = source;
  if (version !== 1) throw invalid("version", `is ${String(version)}; this software reads version 1`);
  return {
    version,
    chainId: at("chainId", () => whole(source["chainId"], 1)),
    ledger: at("ledger", () => address(source["ledger"])),
    supplier: at("supplier", () => memberId(whole(source["supplier"]))),
    consumer: at("consumer", () => memberId(whole(source["consumer"]))),
    number: at("number", () => statementNumber(whole(source["number"]))),
    root: at("root", () => hash(text(source["root"]))),
    record: parseRecord(source["record"]),
    leaf: at("leaf", () => hash(text(source["leaf"]))),
    proof: parseProof(source["proof"]),
  };
}

function parseRecord(value: unknown): DisclosedRecord {
  const source = object("record", value, ["request", "service", "charge", "quantity", "amount", "details"]);
  const request = object("record.request", source["request"], ["hash"], ["opened"]);
  const details = object("record.details", source["details"], ["hash"], ["fields"]);
  const { opened } = request;
  const { fields } = details;
  return {
    request: {
      hash: at("record.request.hash", () => hash(text(request["hash"]))),
      ...(opened === undefined ? {} : { opened: readRequest(reader, "record.request.opened", opened) }),
    },
    service: at("record.service", () => serviceId(whole(source["service"]))),
    charge: at("record.charge", () => whole(source["charge"], 0, 0xffff)),
    quantity: at("record.quantity", () => whole(source["quantity"], 0, 0xffff_ffff)),
    amount: at("record.amount", () => amount(source["amount"])),
    details: {
      hash: at("record.details.hash", () => hash(text(details["hash"]))),
      ...(fields === undefined ? {} : { fields: parseFields("record.details.fields", fields) }),
    },
  };
}

function parseFields(path: string, value: unknown): Field[] {
  const fields = at(path, () => list(value)).map((field, i): Field => {
    const place = `${path}[${i}]`;
    if (typeof field === "string") return at(place, () => hash(field));
    const source = object(place, field, ["key", "value", "salt"]);
    return {
      key: at(`${place}.key`, () => text(source["key"])),
      value: at(`${place}.value`, () => text(source["value"])),
      salt: at(`${place}.salt`, () => hash(text(source["salt"]))),
    };
  });
  if (fields.length === 0) throw invalid(path, "has no field");
  return fields;
}

function parseProof(value: unknown): DisclosedProof {
  const source = object("proof", value, ["count", "index", "siblings"]);
  const siblings = at("proof.siblings", () => list(source["siblings"]));
  return {
    count: at("proof.count", () => whole(source["count"], 1, MAX_COUNT)),
    index: at("proof.index", () => whole(source["index"], 0, MAX_COUNT)),
    siblings: siblings.map((sibling, i) => {
      const path = `proof.siblings[${i}]`;
      const node = object(path, sibling, ["hash", "sum"]);
      return {
        hash: at(`${path}.hash`, () => hash(text(node["hash"]))),
        sum: at(`${path}.sum`, () => amount(node["sum"])),
      };
    }),
  };
}
