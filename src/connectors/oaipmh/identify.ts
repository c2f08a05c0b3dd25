import { textOf, type XmlNode } from "../xml/node.ts";
import { notOai } from "./error.ts";

/** OAI-PMH 2.0, section 4.2. Addresses of administrators are not read. */
export interface Identify {
  readonly repository: string;
  readonly baseUrl: string;
  readonly earliest: string;
  /** Whether it tells of deleted records: `no`, `transient` or `persistent`. */
  readonly deletedRecord: string;
  /** The finest unit that dates may be given in. */
  readonly granularity: "day" | "second";
}

/** @throws `OaiAnswerInvalid` where it speaks another version or its granularity is none */
export function identifyOf(node: XmlNode): Identify {
  const version = textOf(node, "protocolVersion");
  if (version !== "2.0") throw notOai("its protocol version is not 2.0");
  const granularity = textOf(node, "granularity");
  if (granularity !== "YYYY-MM-DD" && granularity !== "YYYY-MM-DDThh:mm:ssZ")
    throw notOai("its granularity is neither days nor seconds");
  return {
    repository: textOf(node, "repositoryName") ?? "",
    baseUrl: textOf(node, "baseURL") ?? "",
    earliest: textOf(node, "earliestDatestamp") ?? "",
    deletedRecord: textOf(node, "deletedRecord") ?? "",
    granularity: granularity === "YYYY-MM-DD" ? "day" : "second",
  };
}
