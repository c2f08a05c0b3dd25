import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { credits, formatCredits, parseCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import * as compensation from "../../sdk/compensation.ts";
import type { NamedLender } from "../../sdk/compensation.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { command, does, month } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { percent, percentText } from "../terms/named.ts";
import { sent } from "./member.ts";

/** How a person names a net lender with its rate and its cap. */
const LENDER = "member, share of what it received net, and the most it gets: DE-1=25%:400.00";

export function addCompensation(program: Command): void {
  const noun = program
    .command("compensation")
    .description("what members get on top that carry more than they draw, out of RELIEF");

  const name = command(
    noun,
    "name",
    "name members for a month that has not begun; sets their caps aside from RELIEF (council)",
    "compensation name 2027-01 DE-1=25%:400.00 DE-2=10%:100.00",
  )
    .argument("<month>", "the month of the book", month)
    .argument("<lenders...>", LENDER);
  does(name, async ({ writer }, period: PeriodId, texts: readonly string[]) => {
    const consortium = await writer();
    const members = await Promise.all(texts.map((text) => lenderNamed(consortium, text)));
    const receipt = await compensation.sendCompensationNaming(consortium, { period, members });
    const aside = credits(members.reduce((sum, { cap }) => sum + cap, 0n));
    const title = `${formatCredits(aside)} are set aside for ${formatPeriod(period)}.`;
    return sent(title, receipt, { month: formatPeriod(period), setAside: aside, members });
  });

  const pay = command(
    noun,
    "pay",
    "pay a named member after the close: its share of what it received net, up to its cap (anyone)",
    "compensation pay DE-1 2027-01",
  )
    .argument("<member>", "number or ISIL")
    .argument("<month>", "the closed month it was named for", month);
  does(pay, async ({ writer }, text: string, period: PeriodId) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, text);
    const { amount, net, receipt } = await compensation.sendCompensation(consortium, { member, period });
    const title = `Member ${member} gets ${formatCredits(amount)}.`;
    return sent(title, receipt, { member, month: formatPeriod(period), net, amount });
  });

  const lapse = command(
    noun,
    "lapse",
    "give back to RELIEF what nobody drew for twelve months (anyone)",
    "compensation lapse DE-1 2027-01",
  )
    .argument("<member>", "number or ISIL")
    .argument("<month>", "the month it was named for", month);
  does(lapse, async ({ writer }, text: string, period: PeriodId) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, text);
    const receipt = await compensation.sendCompensationLapse(consortium, { member, period });
    const title = `What was set aside for member ${member} is RELIEF's again.`;
    return sent(title, receipt, { member, month: formatPeriod(period) });
  });

  const list = command(
    noun,
    "list",
    "who was named for which month, and what became of it",
    "compensation list --month 2027-01",
  )
    .option("--month <month>", "only this month's", month)
    .option("--member <member>", "only its own, by number or ISIL");
  does(list, async ({ reader }, options: { month?: PeriodId; member?: string }) => {
    const { consortium } = await reader();
    const member = options.member === undefined ? undefined : await memberNamed(consortium, options.member);
    const rows = (await compensation.listCompensation(consortium))
      .filter(({ period }) => options.month === undefined || period === options.month)
      .filter((one) => member === undefined || one.member === member)
      .map(({ period, member: id, rate, cap, standing, net, paid }) => ({
        ...{ month: formatPeriod(period), member: id, rate: percentText(rate), cap, standing },
        ...{ net: net ?? null, paid },
      }));
    const title = rows.length === 0 ? "Nobody was named." : undefined;
    return { data: { compensation: rows }, ...(title === undefined ? {} : { title }) };
  });
}

/** @throws `LenderUnreadable`, `ShareUnreadable`, `MemberUnknown` */
async function lenderNamed(consortium: Consortium, text: string): Promise<NamedLender> {
  const [, name, share, cap] = /^([^=]+)=([\d.]+%?):([\d.]+)$/.exec(text) ?? [];
  if (name === undefined || share === undefined || cap === undefined) {
    throw new ConsortiaError("LenderUnreadable", `"${text}" names no lender. Write ${LENDER}.`);
  }
  const amount: Credits = parseCredits(cap);
  return { member: await memberNamed(consortium, name), rate: percent(share), cap: amount };
}
