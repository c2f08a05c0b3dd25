import { join } from "node:path";
import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import type { Leg } from "../../core/legs.ts";
import type { Line } from "../../core/statement.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { readQuote, type WantedStatement } from "../../sdk/quotes.ts";
import { fileNamed, listed, STATEMENT } from "../desks/named.ts";
import type { Service } from "../network/services.ts";
import { amount, command, does, month } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { readStatement } from "../statements/file.ts";
import { codeOf, resourceNamed, serviceNamed } from "../terms/named.ts";

interface QuoteOptions {
  readonly dir: string;
  readonly supplier?: string;
  readonly consumer?: string;
  readonly month?: PeriodId;
  readonly line?: readonly string[];
  readonly maximum?: Credits;
  readonly claim?: boolean;
}

/** What a statement would come to, whether or not it has been built. */
export function addQuote(noun: Command): void {
  const quote = command(
    noun,
    "quote",
    "what a statement would come to now: by schedule and agreements, with relief and royalties",
    "statement quote --supplier DE-1 --consumer DE-7 --line loan=2 --line copy=12@978-3-16-148410-0",
  )
    .argument("[statement]", `${STATEMENT}; or say with options what it would be`)
    .option("--dir <folder>", "where statement files are", join(".consortia", "statements"))
    .option("--supplier <member>", "number or ISIL")
    .option("--consumer <member>", "number or ISIL")
    .option("--month <month>", "of service; the open month by default", month)
    .option("--line <service=quantity>", "as often as there are lines; loan=2, or copy=12@work", listed)
    .option("--maximum <amount>", "the most the consumer signs for; any by default", amount)
    .option("--claim", "as a claim: never relieved, without works");
  does(quote, async ({ reader }, named: string | undefined, options: QuoteOptions) => {
    const { consortium, about } = await reader();
    const wanted =
      named === undefined
        ? await wantedIn(consortium, about.services, options)
        : (await readStatement(fileNamed(named, options.dir))).statement;
    const { supplier, consumer, period, lines } = wanted;
    const order = { ...wanted, ...(options.claim === true ? { countersigned: false } : {}) };
    const { gross, fee, royalties, relieved, due, legs } = await readQuote(consortium, order);
    const title = `The consumer pays ${formatCredits(due)}.`;
    const facts = { supplier, consumer, month: formatPeriod(period), gross, fee, royalties, relieved, due };
    return { title, data: { ...facts, lines: lineRows(lines, about.services), legs: legs.map(legRow) } };
  });
}

/** @throws `QuoteIncomplete` */
async function wantedIn(
  consortium: Consortium,
  services: readonly Service[],
  { supplier, consumer, line = [], maximum, ...options }: QuoteOptions,
): Promise<WantedStatement> {
  if (supplier === undefined || consumer === undefined || line.length === 0) {
    throw new ConsortiaError(
      "QuoteIncomplete",
      "Name a statement, or --supplier, --consumer and at least one --line.",
    );
  }
  return {
    supplier: await memberNamed(consortium, supplier),
    consumer: await memberNamed(consortium, consumer),
    period: options.month ?? (await readPeriod(consortium)).open,
    lines: await Promise.all(line.map((text) => lineIn(consortium, services, text))),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

/** `loan=2`, or `copy=12@978-3-16-148410-0` where a line uses a work. @throws `LineUnreadable` */
async function lineIn(consortium: Consortium, services: readonly Service[], text: string): Promise<Line> {
  const [, code, quantity, work] = /^([^=]+)=(\d{1,10})(?:@(.+))?$/.exec(text) ?? [];
  if (code === undefined || quantity === undefined) {
    throw new ConsortiaError("LineUnreadable", `"${text}" is no line. Write loan=2, or copy=12@work.`);
  }
  const line = { service: serviceNamed(services, code), quantity: Number(quantity) };
  return work === undefined ? line : { ...line, resource: await resourceNamed(consortium, work) };
}

/** Lines as people read them; which work is used is told where any is. */
export function lineRows(lines: readonly Line[], services: readonly Service[]) {
  const works = lines.some(({ resource }) => resource !== undefined);
  return lines.map(({ service, quantity, resource }) => ({
    ...{ service: codeOf(services, service), quantity },
    ...(works ? { resource: resource ?? null } : {}),
  }));
}

/** Who pays a part of a statement, or gets one. */
function legRow(leg: Leg) {
  return leg.kind === "aid"
    ? { leg: "relief", from: `relief ${leg.relief}`, to: null, amount: leg.amount }
    : { leg: "royalty", from: null, to: leg.holder, amount: leg.amount };
}
