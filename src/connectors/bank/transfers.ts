import { readDocument } from "../xml/document.ts";
import { nodesAt, textAt } from "../xml/node.ts";

/** Characters: a file of a hundred thousand transfers stays below. */
const LONGEST = 1 << 25;

/** The end-to-end identifiers of the transfers that a payment file (pain.001) asks for. @throws what {@link readDocument} throws */
export async function transfersIn(bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
  const root = await readDocument(bytes, LONGEST);
  return nodesAt(root, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf").flatMap(
    (one) => textAt(one, "PmtId/EndToEndId") ?? [],
  );
}
