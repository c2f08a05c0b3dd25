import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import * as grants from "../../sdk/grants.ts";
import { listReliefs } from "../../sdk/reliefs.ts";
import { listed } from "../desks/named.ts";
import { nameOf } from "../desks/claimRow.ts";
import { amount, command, does, month, whole } from "../shell/command.ts";
import { documentHash, membersNamed } from "../terms/named.ts";
import { reliefIn, reliefRow, withReliefTerms, type ReliefOptions } from "../terms/reliefOptions.ts";
import { sent } from "./member.ts";
import { reliefNumbered } from "./relief.ts";

interface GrantOptions extends ReliefOptions {
  readonly until: PeriodId;
  readonly members?: readonly string[];
  readonly document: string;
}

export function addGrant(program: Command): void {
  const noun = program
    .command("grant")
    .description("money given for relief and nothing else: from whom, for whom, what is left");

  const open = withReliefTerms(
    command(
      noun,
      "open",
      "open a grant, which holds nothing yet (authority)",
      "grant open --share 100% --service loan --from 2027-01 --until 2027-12 --members DE-7,DE-9 --document terms.pdf",
    ),
  )
    .requiredOption("--until <month>", "the last month of service", month)
    .option("--members <members>", "whom it is for; all that its terms cover by default", listed)
    .requiredOption("--document <file>", "the grant's terms in words; their hash is logged");
  does(open, async ({ reader, writer }, options: GrantOptions) => {
    const { consortium, about } = await reader();
    const terms = {
      ...reliefIn(options, about.services),
      until: options.until,
      members: await membersNamed(consortium, options.members ?? []),
      document: await documentHash(options.document),
    };
    const { relief, receipt } = await grants.sendGrant(await writer(), terms);
    const title = `Grant ${relief} is open; anybody can fund it until ${formatPeriod(options.until)}.`;
    return sent(title, receipt, { grant: relief, members: terms.members });
  });

  const fund = command(
    noun,
    "fund",
    "put the key's assets into a grant; approves what is needed (anyone)",
    "grant fund 4 2500.00 --keystore keys/ministry.json",
  )
    .argument("<grant>", "its number", whole(1))
    .argument("<amount>", "credits", amount);
  does(fund, async ({ writer }, relief: number, sum: Credits) => {
    const receipt = await grants.sendGrantFunding(await writer(), { relief, amount: sum });
    return sent(`Grant ${relief} has ${formatCredits(sum)} more.`, receipt, { grant: relief, amount: sum });
  });

  const giveBack = command(
    noun,
    "return",
    "pay givers their part of what a grant did not spend, once nothing can be posted for it any more (anyone)",
    "grant return 4 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  )
    .argument("<grant>", "its number", whole(1))
    .argument("[giver]", "its address; everybody who gave by default");
  does(giveBack, async ({ writer }, relief: number, giver?: string) => {
    const consortium = await writer();
    const { givers } = await grants.traceGrant(consortium, relief);
    const waiting = givers.filter((one) => one.returned === 0n && one.left > 0n);
    const chosen = giver === undefined ? waiting.map((one) => one.giver) : [giver];
    const returned = [];
    for (const one of chosen) {
      const { amount: sum, receipt } = await grants.sendGrantReturn(consortium, { relief, giver: one });
      returned.push({ giver: one, amount: sum, transaction: receipt.hash });
    }
    const title = returned.length === 0 ? "There is nothing to return." : `Returned to ${returned.length}.`;
    return { title, data: { grant: relief, returned } };
  });

  const show = command(
    noun,
    "show",
    "one grant, every unit traced from who gave to whose statement it paid",
    "grant show 4",
  ).argument("<grant>", "its number", whole(1));
  does(show, async ({ reader }, number: number) => {
    const { consortium, about } = await reader();
    const opened = await reliefNumbered(consortium, number);
    if (opened.kind !== "grant") {
      throw new ConsortiaError(
        "GrantUnknown",
        `${number} is a relief, which RELIEF pays. See "consortia relief show".`,
      );
    }
    const trace = await grants.traceGrant(consortium, number);
    const sum = (rows: readonly { readonly amount: Credits }[]) =>
      rows.reduce((all, row) => all + row.amount, 0n);
    return {
      data: {
        ...reliefRow(opened, about.services),
        members: opened.members.length === 0 ? "all" : opened.members,
        document: opened.document,
        given: sum(trace.given),
        spent: sum(trace.spent),
        returned: sum(trace.returned),
        left: trace.left,
        givers: trace.givers,
        beneficiaries: byConsumer(trace.spent),
        statements: trace.spent.map(({ consumer, amount: paid, block, ...statement }) => {
          return { statement: nameOf(statement), consumer, paid, block };
        }),
      },
    };
  });

  const list = command(noun, "list", "every grant, with what is left of it", "grant list");
  does(list, async ({ reader }) => {
    const { consortium, about } = await reader();
    const opened = (await listReliefs(consortium)).filter(({ kind }) => kind === "grant");
    const rows = await Promise.all(
      opened.map(async (one) => {
        const { relief, share, service, from, until } = reliefRow(one, about.services);
        const { balance, given } = await grants.readGrant(consortium, relief);
        const members = one.members.length === 0 ? "all" : one.members;
        return { grant: relief, share, service, from, until, members, given, left: balance };
      }),
    );
    return { data: { grants: rows }, ...(rows.length === 0 ? { title: "There are no grants." } : {}) };
  });
}

/** What a grant paid for each member, the most first. */
function byConsumer(spent: grants.GrantTrace["spent"]) {
  const sums = new Map<number, bigint>();
  for (const { consumer, amount: paid } of spent) sums.set(consumer, (sums.get(consumer) ?? 0n) + paid);
  return [...sums]
    .map(([member, received]) => ({ member, received }))
    .sort((a, b) => Number(b.received - a.received) || a.member - b.member);
}
