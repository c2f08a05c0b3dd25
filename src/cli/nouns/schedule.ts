import type { Command } from "commander";
import { ACTS, type Act } from "../../core/licence.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import { ANY_TIER, UNITS, type ConditionalPrice, type Unit } from "../../core/schedule.ts";
import { readPeriod } from "../../sdk/periods.ts";
import * as schedules from "../../sdk/schedules.ts";
import { loadPreset } from "../network/preset.ts";
import { draftTariff } from "../network/regime.ts";
import { conditionsFrom, type Service } from "../network/services.ts";
import { command, does, month, reading, whole } from "../shell/command.ts";
import { codeOf, oneOf, serviceNamed } from "../terms/named.ts";
import { sent } from "./member.ts";

const TIERS = [1, 2, 3, 4, 5];

interface DraftOptions {
  readonly preset: string;
  readonly from?: PeriodId;
}

export function addSchedule(program: Command): void {
  const noun = program.command("schedule").description("what services cost, by tier and month");
  addDraft(noun);
  addDescribe(noun);

  const publish = command(
    noun,
    "publish",
    "put a draft in force from a month that has not begun (scheduler)",
    "schedule publish 1 --from 2026-12",
  )
    .argument("<version>", "the draft", whole(1))
    .requiredOption("--from <month>", "the first month", month);
  does(publish, async ({ writer }, version: number, { from }: { from: PeriodId }) => {
    const receipt = await schedules.sendPublication(await writer(), { version: BigInt(version), from });
    const data = { version, from: formatPeriod(from) };
    return sent(`Version ${version} is in force from ${formatPeriod(from)} on.`, receipt, data);
  });

  addShow(noun);
}

function addDraft(noun: Command): void {
  const draft = command(
    noun,
    "draft",
    "write a preset's prices, those with conditions too, into a new draft (scheduler)",
    "schedule draft --preset calis --from 2027-01",
  )
    .option("--preset <name>", "a name in deploy/parameters, or a file", "default")
    .option("--from <month>", "from which month a preset's promotions count; the next by default", month);
  does(draft, async ({ writer }, options: DraftOptions) => {
    const consortium = await writer();
    const preset = await loadPreset(options.preset);
    const from = options.from ?? addMonths((await readPeriod(consortium)).open, 1);
    const { prices } = preset;
    const conditions = conditionsFrom(preset, from);
    const { version, receipt } = await draftTariff(consortium, { prices, conditions });
    const data = { version: Number(version), prices: prices.length, conditions: conditions.length };
    return sent(`Version ${version} is drafted; publish it to put it in force.`, receipt, data);
  });
}

function addDescribe(noun: Command): void {
  const describe = command(
    noun,
    "describe",
    "say what a service counts and, from next month on, what it does with a work; once for all time (scheduler)",
    "schedule describe copy page reproduce",
  )
    .argument("<service>", "its code or number")
    .argument("<unit>", UNITS.join(", "), reading(oneOf(UNITS)))
    .argument("<act>", `${ACTS.join(", ")}; lending needs nobody's permission`, reading(oneOf(ACTS)));
  does(describe, async ({ reader, writer }, code: string, unit: Unit, act: Act) => {
    const { about } = await reader();
    const service = serviceNamed(about.services, code);
    const receipt = await schedules.sendDescription(await writer(), { service, unit, act });
    const title = `From next month on ${code} counts by the ${unit} and does with works: ${act}.`;
    return sent(title, receipt, { service, unit, act });
  });
}

function addShow(noun: Command): void {
  const show = command(
    noun,
    "show",
    "the prices of a month, with their conditions, and what each service counts",
    "schedule show --month 2026-12",
  ).option("--month <month>", "the open month by default", month);
  does(show, async ({ reader }, options: { month?: PeriodId }) => {
    const { consortium, about } = await reader();
    const wanted = options.month ?? (await readPeriod(consortium)).open;
    const version = await schedules.readVersionIn(consortium, wanted);
    const [found, written, services] = await Promise.all([
      Promise.all(
        about.services.flatMap(({ id, code }) =>
          TIERS.map(async (tier) => {
            const price = await schedules.readPrice(consortium, wanted, id, tier);
            return price === undefined ? [] : [{ code, ...price }];
          }),
        ),
      ),
      version === undefined ? undefined : schedules.readVersion(consortium, version),
      Promise.all(
        about.services.map(async ({ id, code }) => {
          return { service: code, ...(await schedules.readDescription(consortium, id)) };
        }),
      ),
    ]);
    const prices = found.flat();
    const rows = (written?.conditions ?? []).map((one) => conditionRow(one, about.services));
    const title = prices.length + rows.length === 0 ? "Nothing is priced in that month." : undefined;
    const data = {
      month: formatPeriod(wanted),
      version: version ?? null,
      prices,
      conditions: rows,
      services,
    };
    return { data, ...(title === undefined ? {} : { title }) };
  });
}

/** What a price with conditions says; what it does not narrow down is said to be any. */
function conditionRow(price: ConditionalPrice, services: readonly Service[]) {
  const { tier, supplierTier, promotedFrom, promotedUntil } = price;
  return {
    service: codeOf(services, price.service),
    consumerTier: tier === ANY_TIER ? "any" : tier,
    supplierTier: supplierTier === ANY_TIER ? "any" : supplierTier,
    ...{ price: price.price, fee: price.fee },
    minimum: price.minimum === 0n ? null : price.minimum,
    cap: price.cap === 0n ? null : price.cap,
    promotion:
      promotedFrom === 0 || promotedUntil === 0
        ? null
        : `${formatPeriod(promotedFrom)} to ${formatPeriod(promotedUntil)}`,
    promotedPrice: promotedFrom === 0 ? null : price.promotedPrice,
  };
}
