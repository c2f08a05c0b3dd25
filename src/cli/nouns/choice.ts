import type { Command } from "commander";
import type { Credits } from "../../core/money.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import { readServiceChoice, sendOffer, sendRegard, sendUse, type Regard } from "../../sdk/choices.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { amount, command, does, month } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { serviceNamed, switched } from "../terms/named.ts";
import { sent } from "./member.ts";

const BINDS = "What holds back binds from the next month of service on, what gives way at once.";

export function addChoice(program: Command): void {
  const noun = program
    .command("choice")
    .description("what a member offers and uses, up to which price and with whom; its own keys decide");
  addOffer(noun);
  addUse(noun);
  addPartner(noun);
  addShow(noun);
}

function addOffer(noun: Command): void {
  const offer = command(
    noun,
    "offer",
    "switch a service that a member supplies on or off (a posting key)",
    "choice offer DE-7 loan off --keystore keys/de-7.json",
  )
    .argument("<member>", "number or ISIL")
    .argument("<service>", "its code or number")
    .argument("<on|off>", BINDS);
  does(offer, async ({ reader, writer }, name: string, code: string, text: string) => {
    const { about } = await reader();
    const consortium = await writer();
    const member = await memberNamed(consortium, name);
    const choice = { member, service: serviceNamed(about.services, code), offers: switched(text) };
    const receipt = await sendOffer(consortium, choice);
    return sent(
      `Member ${member} ${choice.offers ? "offers" : "no longer offers"} ${code}.`,
      receipt,
      choice,
    );
  });
}

function addUse(noun: Command): void {
  const use = command(
    noun,
    "use",
    "switch a service that a member draws on or off, or set the most it pays (a countersigning key)",
    "choice use DE-7 loan on --ceiling 15.00 --keystore keys/de-7.json",
  )
    .argument("<member>", "number or ISIL")
    .argument("<service>", "its code or number")
    .argument("<on|off>", BINDS)
    .option("--ceiling <amount>", "the most a unit may cost, fee included; any price by default", amount);
  does(
    use,
    async (
      { reader, writer },
      name: string,
      code: string,
      text: string,
      { ceiling }: { ceiling?: Credits },
    ) => {
      const { about } = await reader();
      const consortium = await writer();
      const member = await memberNamed(consortium, name);
      const service = serviceNamed(about.services, code);
      const limit = ceiling === undefined ? {} : { ceiling };
      const choice = { member, service, uses: switched(text), ...limit };
      const receipt = await sendUse(consortium, choice);
      return sent(`Member ${member} ${choice.uses ? "uses" : "no longer uses"} ${code}.`, receipt, choice);
    },
  );
}

function addPartner(noun: Command): void {
  const verbs = [
    ["prefer", "preferred", "name a member as one to ask first: for others to read, it binds nobody"],
    ["refuse", "refused", "refuse a member, in both directions, from the next month of service on"],
    ["accept", "none", "take a preference or a refusal back, at once"],
  ] as const satisfies readonly (readonly [string, Regard, string])[];
  for (const [word, regard, summary] of verbs) {
    const one = command(
      noun,
      word,
      `${summary} (a countersigning key)`,
      `choice ${word} DE-7 DE-1 --keystore keys/de-7.json`,
    )
      .argument("<member>", "number or ISIL")
      .argument("<partner>", "number or ISIL");
    does(one, async ({ writer }, name: string, other: string) => {
      const consortium = await writer();
      const [member, partner] = await Promise.all([name, other].map((text) => memberNamed(consortium, text)));
      if (member === undefined || partner === undefined) throw new Error("two names give two members");
      const receipt = await sendRegard(consortium, { member, partner, regard });
      return sent(`Member ${member} ${word}s member ${partner}.`, receipt, { member, partner, regard });
    });
  }
}

function addShow(noun: Command): void {
  const show = command(noun, "show", "what binds a member in a month of service", "choice show DE-7")
    .argument("<member>", "number or ISIL")
    .option("--month <month>", "by default the month after the open one", month);
  does(show, async ({ reader }, name: string, options: { month?: PeriodId }) => {
    const { consortium, about } = await reader();
    const member = await memberNamed(consortium, name);
    const wanted = options.month ?? addMonths((await readPeriod(consortium)).open, 1);
    const services = await Promise.all(
      about.services.map(async ({ id, code }) => {
        const { offers, uses, ceiling } = await readServiceChoice(consortium, member, id, wanted);
        return { service: code, offers, uses, ceiling: ceiling ?? "any price" };
      }),
    );
    return { data: { member, month: formatPeriod(wanted), services } };
  });
}
