import type { Command } from "commander";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import { ConsortiaError } from "../../core/error.ts";
import { RELIEF } from "../../core/ids.ts";
import { readAccount } from "../../sdk/accounts.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { listReliefs, readCovers, sendRelief, sendReliefEnd } from "../../sdk/reliefs.ts";
import type { OpenedRelief } from "../../sdk/reliefs.ts";
import { command, does, month, whole } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { reliefIn, reliefRow, withReliefTerms, type ReliefOptions } from "../terms/reliefOptions.ts";
import { sent } from "./member.ts";

export function addRelief(program: Command): void {
  const noun = program
    .command("relief")
    .description("who pays less; the account RELIEF pays the rest while its money lasts");

  const open = withReliefTerms(
    command(
      noun,
      "open",
      "open a relief for months that have not begun (scheduler)",
      "relief open --share 50% --region 2 --from 2027-01 --member-cap 100.00 --cap 5000.00",
    ),
  ).option("--until <month>", "the last month of service; without end by default", month);
  does(open, async ({ reader, writer }, options: ReliefOptions) => {
    const { about } = await reader();
    const { relief, receipt } = await sendRelief(await writer(), reliefIn(options, about.services));
    return sent(`Relief ${relief} holds from ${formatPeriod(options.from)} on.`, receipt, { relief });
  });

  const end = command(
    noun,
    "end",
    "end a relief with a month that is not over (scheduler); grants cannot be ended",
    "relief end 3 --last 2027-06",
  )
    .argument("<relief>", "its number", whole(1))
    .requiredOption("--last <month>", "its last month of service", month);
  does(end, async ({ writer }, relief: number, { last }: { last: PeriodId }) => {
    const receipt = await sendReliefEnd(await writer(), { relief, last });
    const data = { relief, last: formatPeriod(last) };
    return sent(`Relief ${relief} ends with ${formatPeriod(last)}.`, receipt, data);
  });

  const list = command(noun, "list", "every relief and grant, in the order in which they pay", "relief list");
  does(list, async ({ reader }) => {
    const { consortium, about } = await reader();
    const [opened, { room }] = await Promise.all([listReliefs(consortium), readAccount(consortium, RELIEF)]);
    const rows = opened.map((one) => reliefRow(one, about.services));
    const title = rows.length === 0 ? "There is no relief." : undefined;
    return { data: { available: room, reliefs: rows }, ...(title === undefined ? {} : { title }) };
  });

  const show = command(
    noun,
    "show",
    "one relief or grant, and what it paid month by month",
    "relief show 3",
  ).argument("<relief>", "its number", whole(1));
  does(show, async ({ reader }, number: number) => {
    const { consortium, about } = await reader();
    const opened = await reliefNumbered(consortium, number);
    const { open: current } = await readPeriod(consortium);
    const { relieved } = consortium.contracts.pricing;
    const months = [0, -1, -2, -3].map((ago) => addMonths(current, ago)).filter((one) => one >= opened.from);
    const paid = await Promise.all(
      months.map(async (one) => ({
        month: formatPeriod(one),
        paid: (await relieved(number, RELIEF, one)).forAll,
      })),
    );
    return { data: { ...reliefRow(opened, about.services), members: opened.members, months: paid } };
  });

  const covers = command(
    noun,
    "covers",
    "the reliefs and grants that cover a member in a month of service, and what they have left for it",
    "relief covers DE-7 --month 2027-01",
  )
    .argument("<member>", "number or ISIL")
    .option("--month <month>", "the open month by default", month);
  does(covers, async ({ reader }, name: string, options: { month?: PeriodId }) => {
    const { consortium, about } = await reader();
    const member = await memberNamed(consortium, name);
    const wanted = options.month ?? (await readPeriod(consortium)).open;
    const found = await readCovers(consortium, member, wanted);
    const rows = found.map((one) => {
      const { relief, kind, share, service } = reliefRow(one, about.services);
      return { relief, kind, share, service, used: one.used, left: one.left };
    });
    const title = rows.length === 0 ? `No relief covers member ${member} in that month.` : undefined;
    const data = { member, month: formatPeriod(wanted), reliefs: rows };
    return { data, ...(title === undefined ? {} : { title }) };
  });
}

/** @throws `ReliefUnknown` */
export async function reliefNumbered(consortium: Consortium, number: number): Promise<OpenedRelief> {
  const found = (await listReliefs(consortium)).find(({ relief }) => relief === number);
  if (found !== undefined) return found;
  throw new ConsortiaError(
    "ReliefUnknown",
    `There is no relief or grant ${number}. See "consortia relief list".`,
    {
      values: { relief: number },
    },
  );
}
