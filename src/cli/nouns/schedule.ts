import type { Command } from "commander";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { readPrice, sendDraft, sendPublication } from "../../sdk/schedules.ts";
import { loadPreset } from "../network/preset.ts";
import { command, does, month, whole } from "../shell/command.ts";
import { sent } from "./member.ts";

const TIERS = [1, 2, 3, 4, 5];

export function addSchedule(program: Command): void {
  const noun = program.command("schedule").description("what services cost, by tier and month");

  const draft = command(
    noun,
    "draft",
    "write a preset's prices into a new draft (scheduler)",
    "schedule draft --preset default",
  ).option("--preset <name>", "a name in deploy/parameters, or a file", "default");
  does(draft, async ({ writer }, options: { preset: string }) => {
    const { prices } = await loadPreset(options.preset);
    const { version, receipt } = await sendDraft(await writer(), prices);
    const data = { version: Number(version), prices: prices.length };
    return sent(`Version ${version} is drafted; publish it to put it in force.`, receipt, data);
  });

  const publish = command(
    noun,
    "publish",
    "put a draft in force from a month that has not begun (scheduler)",
    "schedule publish 1 --from 2026-12",
  )
    .argument("<version>", "the draft", whole(1))
    .requiredOption("--from <month>", "the first month", month);
  does(publish, async ({ writer }, version: number, { from }: { from: PeriodId }) => {
    const receipt = await sendPublication(await writer(), { version: BigInt(version), from });
    const data = { version, from: formatPeriod(from) };
    return sent(`Version ${version} is in force from ${formatPeriod(from)} on.`, receipt, data);
  });

  const show = command(noun, "show", "the prices of a month", "schedule show --month 2026-12").option(
    "--month <month>",
    "the open month by default",
    month,
  );
  does(show, async ({ reader }, options: { month?: PeriodId }) => {
    const { consortium, about } = await reader();
    const wanted = options.month ?? (await readPeriod(consortium)).open;
    const found = await Promise.all(
      about.services.flatMap(({ id, code }) =>
        TIERS.map(async (tier) => {
          const price = await readPrice(consortium, wanted, id, tier);
          return price === undefined ? [] : [{ code, ...price }];
        }),
      ),
    );
    const prices = found.flat();
    const title = prices.length === 0 ? "Nothing is priced in that month." : undefined;
    return { data: { month: formatPeriod(wanted), prices }, ...(title === undefined ? {} : { title }) };
  });
}
