import { checkedMarc, marcInvalid, type ControlField, type DataField, type MarcRecord } from "./record.ts";

/**
 * A record of MARC-in-JSON: `{"leader": "…", "fields": [{"001": "…"}, {"245": {"ind1": "1", "ind2": "0", "subfields":
 * [{"a": "…"}]}}]}`.
 * @throws `MarcInvalid`
 */
export function marcOfJson(source: unknown): MarcRecord {
  const leader = own(source, "leader") ?? "";
  const fields = own(source, "fields");
  if (typeof leader !== "string") throw marcInvalid("its leader is no text");
  if (!Array.isArray(fields)) throw marcInvalid("it has no list of fields");
  const [controlFields, dataFields]: [ControlField[], DataField[]] = [[], []];
  for (const [index, field] of (fields as unknown[]).entries()) {
    const [tag, value] = single(field, `field ${index + 1}`);
    if (tag.startsWith("00")) controlFields.push({ tag, value: text(value, `field ${index + 1}`) });
    else dataFields.push(dataField(tag, value, index + 1));
  }
  return checkedMarc({ leader, controlFields, dataFields });
}

function dataField(tag: string, value: unknown, place: number): DataField {
  const parts = own(value, "subfields");
  if (!Array.isArray(parts)) throw marcInvalid(`field ${place} has no list of subfields`);
  return {
    tag,
    ind1: text(own(value, "ind1") ?? " ", `an indicator of field ${place}`),
    ind2: text(own(value, "ind2") ?? " ", `an indicator of field ${place}`),
    subfields: (parts as unknown[]).map((part) => {
      const [code, content] = single(part, `a subfield of field ${place}`);
      return { code, value: text(content, `a subfield of field ${place}`) };
    }),
  };
}

/** The one member that an object has. */
function single(source: unknown, what: string): [name: string, value: unknown] {
  const entries = typeof source === "object" && source !== null ? Object.entries(source) : [];
  const one = entries[0];
  if (one === undefined || entries.length > 1) throw marcInvalid(`${what} does not name exactly one thing`);
  return one;
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw marcInvalid(`${what} is no text`);
  return value;
}

/** A member that an object has itself; names such as `__proto__` reach nothing. */
export function own(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null && Object.hasOwn(source, name)
    ? (source as Record<string, unknown>)[name]
    : undefined;
}
