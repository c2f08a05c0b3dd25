import { checkedMarc, marcInvalid, type ControlField, type DataField, type MarcRecord } from "./record.ts";

export const [END_OF_RECORD, END_OF_FIELD, DELIMITER] = [0x1d, 0x1e, 0x1f];
const [LEADER, ENTRY] = [24, 12];

/**
 * One record of ISO 2709 as MARC 21 and UNIMARC use it (directory entries of 3, 4 and 5 characters), with its end mark. Text is
 * UTF-8 whatever leader/09 says; MARC-8 beyond ASCII is refused, since it cannot be told from damage.
 * @throws `MarcInvalid`: lengths that do not fit, a directory or field without its end, text that is not UTF-8
 */
export function marcOfIso2709(bytes: Uint8Array): MarcRecord {
  const leader = ascii(bytes.subarray(0, LEADER));
  const length = digits(leader.slice(0, 5), "its length");
  const base = digits(leader.slice(12, 17), "the place of its data");
  if (length !== bytes.length)
    throw marcInvalid(`its leader says ${length} bytes, but it has ${bytes.length}`);
  if (bytes.at(-1) !== END_OF_RECORD) throw marcInvalid("it has no end mark");
  const entries = (base - 1 - LEADER) / ENTRY;
  if (base > length || entries < 0 || !Number.isInteger(entries) || bytes[base - 1] !== END_OF_FIELD)
    throw marcInvalid("its directory does not end where its data begins");
  const [controlFields, dataFields]: [ControlField[], DataField[]] = [[], []];
  for (let entry = 0; entry < entries; entry++) {
    const place = ascii(bytes.subarray(LEADER + entry * ENTRY, LEADER + (entry + 1) * ENTRY));
    const tag = place.slice(0, 3);
    const start = base + digits(place.slice(7), `the place of field ${entry + 1}`);
    const end = start + digits(place.slice(3, 7), `the length of field ${entry + 1}`) - 1;
    if (end < start || end >= length - 1 || bytes[end] !== END_OF_FIELD)
      throw marcInvalid(`field ${entry + 1} does not end where the directory says`);
    const value = text(bytes.subarray(start, end), entry + 1);
    if (tag.startsWith("00")) controlFields.push({ tag, value });
    else dataFields.push(dataField(tag, value));
  }
  return checkedMarc({ leader, controlFields, dataFields });
}

function dataField(tag: string, value: string): DataField {
  const [indicators = "", ...parts] = value.split("\u001f");
  const [ind1 = " ", ind2 = " ", ...more] = [...indicators];
  if (more.length > 0) throw marcInvalid(`a data field has more than two indicators`);
  return {
    tag,
    ind1,
    ind2,
    subfields: parts.map((part) => {
      const code = String.fromCodePoint(part.codePointAt(0) ?? 0x20);
      return { code, value: part.slice(code.length) };
    }),
  };
}

function digits(written: string, what: string): number {
  if (!/^\d+$/.test(written)) throw marcInvalid(`${what} is no number`);
  return Number(written);
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function text(bytes: Uint8Array, field: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw marcInvalid(`the text of field ${field} is not UTF-8; export it as Unicode instead of MARC-8`);
  }
}
