import type { BilledStatement } from "../../core/billing.ts";
import type { MemberId } from "../../core/ids.ts";
import { ConsortiaError } from "../../core/error.ts";
import { ZERO, credits } from "../../core/money.ts";
import type { Credits } from "../../core/money.ts";
import type { SignedStatement } from "../../core/statement.ts";
import { readDebt } from "../../sdk/accounts.ts";
import { actAs } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { countersign, orderBatch, sendPost, sendRelay } from "../../sdk/statements.ts";
import type { PostedBatch } from "../../sdk/statements.ts";
import { createKey } from "./stage.ts";
import type { Actor, Stage } from "./stage.ts";

/** How many statements one transaction carries. */
const BATCH = 50;

/** What became of a statement. */
export interface Posted {
  readonly billed: BilledStatement;
  readonly status: "posted" | "acknowledged";
  /** What of it became acknowledged debts. */
  readonly acknowledged: Credits;
  /** What others paid for its consumer. */
  readonly relieved: Credits;
  readonly tx: string;
  /** Its share of the batch's gas. */
  readonly gas: number;
}

/**
 * Has every consumer countersign and every supplier post, in the order of their numbers. A supplier of the lowest
 * tier has no coin: it orders its batch and a relayer posts it. What finds no room is skipped at first, and then
 * posted again so that the rest becomes an acknowledged debt.
 */
export async function postStatements(
  stage: Stage,
  statements: readonly BilledStatement[],
): Promise<Posted[]> {
  const actors = new Map(stage.actors.map((actor) => [actor.id, actor]));
  const posted: Posted[] = [];
  for (const supplier of stage.actors) {
    const own = statements.filter(({ statement }) => statement.supplier === supplier.id);
    for (let at = 0; at < own.length; at += BATCH) {
      posted.push(...(await postBatch(stage, actors, supplier, own.slice(at, at + BATCH))));
    }
  }
  return posted;
}

async function postBatch(
  stage: Stage,
  actors: ReadonlyMap<MemberId, Actor>,
  supplier: Actor,
  billed: readonly BilledStatement[],
): Promise<Posted[]> {
  const signed: SignedStatement[] = [];
  for (const { statement } of billed) {
    const consumer = actors.get(statement.consumer);
    if (consumer === undefined) throw new TypeError(`member ${statement.consumer} is not on stage`);
    signed.push(await countersign(stage.admin, consumer.key, statement));
  }
  const first =
    supplier.tier === 3 ? await relay(stage, supplier, signed) : await post(supplier, signed, "skip");
  await stage.meter.note(supplier.tier === 3 ? "post (relayed)" : "post", Promise.resolve(first.receipt));
  const skipped = new Set(first.skipped.map(({ number }) => number));
  const gas = Number(first.receipt.gasUsed) / signed.length;
  const tx = first.receipt.hash;
  const done = billed.flatMap((entry): Posted[] =>
    skipped.has(entry.statement.number)
      ? []
      : [
          {
            billed: entry,
            status: "posted",
            acknowledged: ZERO,
            relieved: relievedIn(first, entry),
            tx,
            gas,
          },
        ],
  );
  for (const [index, entry] of billed.entries()) {
    const statement = signed[index];
    if (statement === undefined || !skipped.has(entry.statement.number)) continue;
    done.push(await acknowledge(stage, supplier, entry, statement));
  }
  return done;
}

/**
 * Posts a statement that found no room: what there is is paid, the rest is a debt.
 * @throws `StatementRefused` where room was not what it lacked
 */
async function acknowledge(
  { meter }: Stage,
  supplier: Actor,
  billed: BilledStatement,
  statement: SignedStatement,
): Promise<Posted> {
  const batch = await post(supplier, [statement], "acknowledge");
  await meter.note("post (acknowledge)", Promise.resolve(batch.receipt));
  const [refused] = batch.skipped;
  if (refused !== undefined) {
    const { number, explanation } = refused;
    throw new ConsortiaError("StatementRefused", `Statement ${number} of ${supplier.isil}: ${explanation}`);
  }
  const { hash, gasUsed } = batch.receipt;
  const amounts = { acknowledged: batch.acknowledged, relieved: relievedIn(batch, billed) };
  return { billed, status: "acknowledged", ...amounts, tx: hash, gas: Number(gasUsed) };
}

/** What others paid for the consumer of a statement of a batch. */
function relievedIn({ posted }: PostedBatch, { statement }: BilledStatement): Credits {
  return posted.find(({ number }) => number === statement.number)?.relieved ?? ZERO;
}

function post(
  supplier: Actor,
  statements: readonly SignedStatement[],
  mode: "skip" | "acknowledge",
): Promise<PostedBatch> {
  return sendPost(supplier.as, { statements, mode });
}

async function relay(
  { admin, chain }: Stage,
  supplier: Actor,
  statements: readonly SignedStatement[],
): Promise<PostedBatch> {
  const { now } = await readPeriod(admin);
  const order = await orderBatch(admin, supplier.key, { statements, mode: "skip", deadline: now + 3_600 });
  return sendRelay(actAs(admin, await createKey(chain)), order);
}

/** What a member owes and is due in acknowledged debts, over all pairs. */
export async function debtsOf(stage: Stage, member: MemberId): Promise<{ owed: Credits; due: Credits }> {
  let [owed, due] = [0n, 0n];
  for (const other of [1 as MemberId, ...stage.actors.map(({ id }) => id)]) {
    owed += await readDebt(stage.admin, member, other);
    due += await readDebt(stage.admin, other, member);
  }
  return { owed: credits(owed), due: credits(due) };
}
