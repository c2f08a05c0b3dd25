import { basename, join } from "node:path";
import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import type { Isil, MemberId, ServiceId } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { fileName } from "../../documents/bill/number.ts";
import type { Office } from "../../documents/office/office.ts";
import { FIGURES, gainsOf, type Gains } from "../../documents/statement/gains.ts";
import { statementPdf, type StatementPaper } from "../../documents/statement/pdf.ts";
import { rowsByPartner, rowsByService, type SideRow } from "../../documents/statement/sides.ts";
import {
  assumptionOf,
  exactnessOf,
  FIGURE_NAMES,
  headlineOf,
  isClaimed,
  type Telling,
} from "../../documents/statement/wording.ts";
import { command, does, month as readMonth } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import type { NamedDeployment } from "../shell/deployment.ts";
import { writeText } from "../shell/files.ts";
import type { Answer } from "../shell/render.ts";
import { checkBooks } from "./checkBooks.ts";
import { readLedgerFacts, type LedgerFacts } from "./ledgerFacts.ts";
import { readOffice } from "./officeFile.ts";
import { closeOf, monthsOf, namesOf } from "./paperMonth.ts";

interface StatementOptions {
  readonly from?: PeriodId;
  readonly to?: PeriodId;
  readonly office?: string;
  readonly out: string;
}

/** Adds `document statement`. */
export function addStatementPaper(noun: Command): void {
  const statement = command(
    noun,
    "statement",
    "what a member gave, drew, paid and saved in closed months: costs and benefits, each figure proven",
    "document statement DE-7 2026-03 --office office.json\n  npm run consortia -- document statement DE-7 --from 2026-01 --to 2026-12 --office office.json",
  )
    .argument("<member>", "number, ISIL, commons or relief")
    .argument("[month]", "a closed month, such as 2026-03", readMonth)
    .option("--from <month>", "the first of several months", readMonth)
    .option("--to <month>", "the last of them", readMonth)
    .option("--office <file>", "names, and under `replacement` what each service would cost alone")
    .option("--out <folder>", "where the paper goes", "papers");
  does(statement, async (context, name: string, month: PeriodId | undefined, options: StatementOptions) => {
    const span = spanOf(month, options);
    const { consortium, about } = await context.reader();
    const office = options.office === undefined ? undefined : await readOffice(options.office, about);
    const member = await memberNamed(consortium, name);
    const facts = await readLedgerFacts(
      await context.provider(),
      about,
      context.progress("Reading the ledger"),
    );
    closeOf(facts, span[0]);
    await checkBooks(facts, closeOf(facts, span[1]).block);
    const source = office === undefined ? undefined : { office, file: basename(options.office ?? "") };
    const { gains, paper, file } = await writeStatementPaper(
      { facts, about, source },
      member,
      span,
      options.out,
    );
    return answer(gains, paper, namesOf(facts), { json: context.settings.json === true, file });
  });
}

/** What papers on gains are made of: the ledger's logs, and who says what services cost alone, in which file. */
export interface StatementSource {
  readonly facts: LedgerFacts;
  readonly about: Pick<NamedDeployment, "name" | "currency" | "services">;
  readonly source: { readonly office: Office; readonly file: string } | undefined;
}

/**
 * Writes what closed months cost a member and yielded it into a folder.
 * @throws `MemberUnknown`, `MemberNotThen`, `MonthNotClosed`
 */
export async function writeStatementPaper(
  { facts, about, source }: StatementSource,
  member: MemberId,
  span: readonly [from: PeriodId, to: PeriodId],
  out: string,
): Promise<{ readonly gains: Gains; readonly paper: StatementPaper; readonly file: string }> {
  const office = source?.office;
  const months = monthsOf(facts, member, span);
  const gains = gainsOf(facts.movements, member, span, months, replacementsOf(office, about));
  const nameOf = namesOf(facts);
  const paper: StatementPaper = {
    currency: about.currency,
    name: nameFor(member, nameOf, office),
    serviceName: serviceNames(about),
    source: `${office?.party.name ?? ""}, in ${source?.file ?? ""},`,
    author: office?.party.name ?? about.name,
    at: closeOf(facts, span[1]).at,
    ledger: `Ledger ${facts.site.ledger} on chain ${facts.site.chainId}`,
    partnerName: (partner) => nameFor(partner, nameOf, office),
  };
  const file = join(out, nameOfFile(gains, nameOf(member)));
  await writeText(file, await statementPdf(gains, paper));
  return { gains, paper, file };
}

/** @throws `SpanUnclear` */
function spanOf(
  month: PeriodId | undefined,
  { from, to }: StatementOptions,
): readonly [from: PeriodId, to: PeriodId] {
  if (month !== undefined && from === undefined && to === undefined) return [month, month];
  if (month === undefined && from !== undefined && to !== undefined && from <= to) return [from, to];
  throw new ConsortiaError(
    "SpanUnclear",
    "Name one month, as 2026-03, or a first and a last one with --from and --to.",
  );
}

/** Months and member, as bills are named. */
function nameOfFile({ from, to }: Gains, isil: string): string {
  const span = from === to ? formatPeriod(from) : `${formatPeriod(from)}-to-${formatPeriod(to)}`;
  return `${fileName(`${span}-${isil}-S`)}.pdf`;
}

/** What the office calls a member, beside its ISIL. */
function nameFor(member: MemberId, nameOf: (member: MemberId) => string, office: Office | undefined): string {
  const isil = nameOf(member);
  const name = office?.members.get(isil as Isil)?.name;
  return name === undefined ? isil : `${name} (${isil})`;
}

/** What a unit of each service costs alone, by the office. */
function replacementsOf(
  office: Office | undefined,
  { services }: Pick<NamedDeployment, "services">,
): ReadonlyMap<ServiceId, Credits> {
  return new Map(
    services.flatMap(({ id, code }) => {
      const price = office?.replacement.get(code);
      return price === undefined ? [] : [[id, price] as const];
    }),
  );
}

function serviceNames({ services }: Pick<NamedDeployment, "services">): (service: ServiceId) => string {
  const codes = new Map(services.map(({ id, code }) => [id, code]));
  return (service) => codes.get(service) ?? `service ${service}`;
}

function answer(
  gains: Gains,
  telling: Telling,
  nameOf: (member: MemberId) => string,
  { json, file }: { readonly json: boolean; readonly file: string },
): Answer {
  const { member, from, to, months, figures, proofs } = gains;
  const saving = isClaimed(gains.saving) ? gains.saving : undefined;
  const { serviceName, currency } = telling;
  const [byService, byPartner] = [rowsByService(gains, serviceName), rowsByPartner(gains, nameOf)];
  const told = json ? FIGURES : FIGURES.filter((figure) => figures[figure] !== 0n);
  return {
    title: headlineOf(gains, telling),
    data: {
      ...{ member, isil: nameOf(member), from: formatPeriod(from), to: formatPeriod(to) },
      ...{ months: months.map(formatPeriod), currency },
      ...(json ? { headline: headlineOf(gains, telling) } : {}),
      ...{ opening: gains.opening, net: gains.net, closing: gains.closing },
      ...{ position: gains.position, cash: gains.cash, debts: gains.debts, advances: gains.advances },
      ...{ toCommons: gains.toCommons, fromCommons: gains.fromCommons },
      ...(saving === undefined ? {} : { alone: saving.alone, paid: saving.paid, saved: saving.saved }),
      file,
      assumption: assumptionOf(gains, telling),
      exactness: exactnessOf(gains),
      figures: told.map((figure) => ({
        ...(json ? { figure } : {}),
        what: FIGURE_NAMES[figure],
        amount: figures[figure],
      })),
      ...{ byService: byService.map(sideOf("service")), byPartner: byPartner.map(sideOf("partner")) },
      savings: saving?.rows.map(({ service, ...row }) => ({ service: serviceName(service), ...row })),
      ...(json ? { proofs: proofs.map((proof) => ({ ...proof, month: formatPeriod(proof.month) })) } : {}),
    },
  };
}

/** A row with what it is of by its own name, and its counts by what they count. */
function sideOf(what: "service" | "partner") {
  const counted = what === "service" ? "Units" : "Statements";
  return ({
    name,
    given,
    drawn,
    fee,
    givenCount,
    drawnCount,
  }: SideRow): Readonly<Record<string, unknown>> => ({
    [what]: name,
    ...{ [`given${counted}`]: givenCount, given, [`drawn${counted}`]: drawnCount, drawn, fees: fee },
  });
}
