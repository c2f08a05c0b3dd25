import type { Signer } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, type MemberId } from "../../core/ids.ts";
import type { Mode, SignedStatement, Statement } from "../../core/statement.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { isNumberUsed, orderBatch, sendPost, sendRelay, type PostedBatch } from "../../sdk/statements.ts";
import type { StatementFile } from "./file.ts";

/** Larger batches save next to nothing and fail together. */
export const BATCH = 50;

export interface PostInput {
  /** Seen by the supplier's key or, where `order` is given, by the relayer's. */
  readonly consortium: Consortium;
  readonly files: readonly StatementFile[];
  /**
   * What becomes of a batch when one of its statements cannot be posted: by default it fails as a whole, and what COMMONS
   * cannot pay yet of contributions becomes its acknowledged debt.
   */
  readonly mode?: Mode;
  /** The supplier's key and how long its order holds, where somebody else pays for the gas. */
  readonly order?: { readonly signer: Signer; readonly seconds: number };
  readonly progress?: (done: number, total: number) => void;
}

export interface PostOutcome {
  readonly batches: readonly PostedBatch[];
  /** Numbers that the chain had already: posting the same folder twice does no harm. */
  readonly before: readonly { readonly supplier: MemberId; readonly number: number }[];
  /** Statements that nobody has countersigned. */
  readonly unsigned: readonly { readonly supplier: MemberId; readonly number: number }[];
}

/** Posts signed statements in batches by supplier, contributions apart; leaves out what is unsigned or posted already. */
export async function postStatementFiles(input: PostInput): Promise<PostOutcome> {
  const { consortium, files, progress = () => {} } = input;
  const before: { supplier: MemberId; number: number }[] = [];
  const unsigned: { supplier: MemberId; number: number }[] = [];
  const ready = new Map<string, SignedStatement[]>();
  let total = 0;
  for (const { statement, countersignature } of files) {
    const { supplier, number } = statement;
    if (countersignature === undefined) unsigned.push({ supplier, number });
    else if (await isNumberUsed(consortium, supplier, number)) before.push({ supplier, number });
    else {
      const kind = `${supplier}/${isContribution(statement)}`;
      ready.set(kind, [...(ready.get(kind) ?? []), { statement, countersignature }]);
      total += 1;
    }
  }
  if (files.length === 0) {
    throw new ConsortiaError(
      "StatementsMissing",
      "There is no statement to post. Build and countersign some.",
    );
  }
  const batches: PostedBatch[] = [];
  let done = 0;
  for (const statements of ready.values()) {
    for (let start = 0; start < statements.length; start += BATCH) {
      const part = statements.slice(start, start + BATCH);
      batches.push(await postBatch(input, part));
      progress((done += part.length), total);
    }
  }
  return { batches, before, unsigned };
}

/** Whether something was done for the common good. */
function isContribution({ consumer }: Statement): boolean {
  return consumer === COMMONS;
}

async function postBatch(
  { consortium, order, ...input }: PostInput,
  statements: readonly SignedStatement[],
): Promise<PostedBatch> {
  const given = statements.every(({ statement }) => isContribution(statement));
  const { mode = given ? "acknowledge" : "allOrNothing" } = input;
  if (order === undefined) return sendPost(consortium, { statements, mode });
  const { now } = await readPeriod(consortium);
  const deadline = now + order.seconds;
  return sendRelay(consortium, await orderBatch(consortium, order.signer, { statements, mode, deadline }));
}
