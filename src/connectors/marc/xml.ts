import { child, children, type XmlNode } from "../xml/node.ts";
import { checkedMarc, marcInvalid, type ControlField, type DataField, type MarcRecord } from "./record.ts";

/** MARCXML, MARC 21 and others (Library of Congress, MARC21slim.xsd). */
export const MARCXML = "http://www.loc.gov/MARC21/slim";
/** The same with a field's tag in the element's name (Index Data, TurboMARC). */
export const TURBOMARC = "http://www.indexdata.com/turbomarc";

/** Whether an element is a MARC record; some servers forget the namespace. */
export function isMarc({ name, namespace }: Pick<XmlNode, "name" | "namespace">): boolean {
  return name === "record"
    ? namespace === MARCXML || namespace === ""
    : name === "r" && namespace === TURBOMARC;
}

/** A record from its `record` element, or from `r` of TurboMARC. @throws `MarcInvalid` */
export function marcOfXml(node: XmlNode): MarcRecord {
  return checkedMarc(node.namespace === TURBOMARC ? turbo(node) : slim(node));
}

/** Text between subfields is nobody's value: the schema has none, and what stands there is left out. */
function slim(node: XmlNode): MarcRecord {
  const known = ["leader", "controlfield", "datafield"];
  const stray = node.children.find(({ name }) => !known.includes(name));
  if (stray !== undefined) throw marcInvalid("it holds elements that are not of MARCXML");
  return {
    leader: child(node, "leader")?.text ?? "",
    controlFields: children(node, "controlfield").map((field) => ({
      tag: attribute(field, "tag"),
      value: field.text,
    })),
    dataFields: children(node, "datafield").map((field) => ({
      tag: attribute(field, "tag"),
      ind1: field.attributes.get("ind1") ?? " ",
      ind2: field.attributes.get("ind2") ?? " ",
      subfields: children(field, "subfield").map((part) => ({
        code: attribute(part, "code"),
        value: part.text,
      })),
    })),
  };
}

function attribute({ name, attributes }: XmlNode, key: string): string {
  const value = attributes.get(key);
  if (value === undefined) throw marcInvalid(`a ${name} has no ${key}`);
  return value;
}

/** `l` is the leader, `c001` a control field, `d245` a data field with `i1`, `i2`, and `sa` its subfield a. */
function turbo(node: XmlNode): MarcRecord {
  const [controlFields, dataFields]: [ControlField[], DataField[]] = [[], []];
  for (const { name, text, attributes, children: parts } of node.children) {
    const tag = attributes.get("tag") ?? name.slice(1);
    if (name.startsWith("c")) controlFields.push({ tag, value: text });
    else if (name.startsWith("d")) {
      dataFields.push({
        tag,
        ind1: attributes.get("i1") ?? " ",
        ind2: attributes.get("i2") ?? " ",
        subfields: parts.map((part) => ({
          code: part.attributes.get("code") ?? part.name.slice(1),
          value: part.text,
        })),
      });
    } else if (name !== "l") throw marcInvalid("it holds elements that are not of TurboMARC");
  }
  return { leader: child(node, "l")?.text ?? "", controlFields, dataFields };
}
