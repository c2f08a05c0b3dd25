import { basename } from "node:path";
import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import type { Isil, MemberId, ServiceId } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import type { Office } from "../../documents/office/office.ts";
import { FIGURES, gainsOf, type Gains, type Side } from "../../documents/statement/gains.ts";
import {
  assumptionOf,
  exactnessOf,
  FIGURE_NAMES,
  headlineOf,
  type Telling,
} from "../../documents/statement/wording.ts";
import { command, does, month as readMonth } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import type { NamedDeployment } from "../shell/deployment.ts";
import type { Answer } from "../shell/render.ts";
import { checkBooks } from "./checkBooks.ts";
import { readLedgerFacts } from "./ledgerFacts.ts";
import { readOffice } from "./officeFile.ts";
import { closeOf, monthsOf, namesOf } from "./paperMonth.ts";

interface StatementOptions {
  readonly from?: PeriodId;
  readonly to?: PeriodId;
  readonly office?: string;
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
    .option("--office <file>", "names, and under `replacement` what each service would cost alone");
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
    const close = closeOf(facts, span[1]);
    const months = monthsOf(facts, member, span);
    await checkBooks(facts, close.block);
    const gains = gainsOf(facts.movements, member, span, months, replacementsOf(office, about));
    const nameOf = namesOf(facts);
    const named = office?.members.get(nameOf(member) as Isil)?.name;
    const telling: Telling = {
      currency: about.currency,
      name: named === undefined ? nameOf(member) : `${named} (${nameOf(member)})`,
      serviceName: serviceNames(about),
      source: `${office?.party.name ?? ""}, in ${basename(options.office ?? "")},`,
    };

    return answer(gains, telling, nameOf, context.settings.json === true);
  });
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

function answer(gains: Gains, telling: Telling, nameOf: (member: MemberId) => string, json: boolean): Answer {
  const { member, from, to, months, given, drawn, figures, saving, proofs } = gains;
  const { serviceName, currency } = telling;
  const services = ({ services: rows }: Side) =>
    rows.map(({ service, ...row }) => ({
      service: service === undefined ? "claims settled for a part" : serviceName(service),
      ...row,
    }));
  const partners = ({ partners: rows }: Side) =>
    rows.map(({ partner, ...row }) => ({ partner: nameOf(partner), ...row }));
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
      assumption: assumptionOf(gains, telling),
      exactness: exactnessOf(gains),
      figures: told.map((figure) => ({
        ...(json ? { figure } : {}),
        what: FIGURE_NAMES[figure],
        amount: figures[figure],
      })),
      ...{ givenByService: services(given), givenTo: partners(given) },
      ...{ drawnByService: services(drawn), drawnFrom: partners(drawn) },
      savings: saving?.rows.map(({ service, ...row }) => ({ service: serviceName(service), ...row })),
      ...(json ? { proofs: proofs.map((proof) => ({ ...proof, month: formatPeriod(proof.month) })) } : {}),
    },
  };
}
