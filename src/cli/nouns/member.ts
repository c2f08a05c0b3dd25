import type { Command } from "commander";
import type { TransactionReceipt } from "ethers";
import { isil, type Isil, type MemberId } from "../../core/ids.ts";
import { formatPeriod } from "../../core/period.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import * as members from "../../sdk/members.ts";
import { command, does, reading, whole } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import type { Answer } from "../shell/render.ts";

interface ApplyOptions {
  readonly kind: number;
  readonly tier: number;
  readonly constituency: number;
  readonly region: number;
  readonly payee?: string;
}

export function addMember(program: Command): void {
  const noun = program.command("member").description("institutions and their standing");

  const apply = command(
    noun,
    "apply",
    "ask for membership; the key becomes the member's first, with every right",
    "member apply DE-1 --tier 1 --keystore keys/de-1.json",
  )
    .argument("<isil>", "the institution's ISIL", reading(isil))
    .option("--kind <number>", "what sort of institution, by the charter's list", whole(), 1)
    .option("--tier <number>", "the price tier", whole(), 1)
    .option("--constituency <number>", "the group it elects with", whole(), 1)
    .option("--region <number>", "the region it lies in", whole(), 1)
    .option("--payee <address>", "where withdrawals are paid; the key's own address by default");
  does(apply, async ({ writer }, name: Isil, options: ApplyOptions) => {
    const consortium = await writer();
    const payee = options.payee ?? (await consortium.signer!.getAddress());
    const application = { ...options, isil: name, payee };
    const { member, receipt } = await members.sendApplication(consortium, application);
    return sent(`${name} has applied as member ${member}.`, receipt, { member, isil: name, payee });
  });

  const plain: readonly [string, string, string, Act][] = [
    ["admit", "admit an applicant from this month on (registrar)", "is admitted", members.sendAdmission],
    ["suspend", "stop a member from next month on (registrar)", "is suspended", members.sendSuspension],
    ["reinstate", "end a suspension (registrar)", "is reinstated", members.sendReinstatement],
    ["leave", "end the membership with this month (a key with every right)", "leaves", members.sendLeave],
  ];
  for (const [word, summary, outcome, act] of plain) {
    const one = command(noun, word, summary, `member ${word} 7`).argument("<member>", "number or ISIL");
    does(one, (context, name: string) => onMember(context, name, outcome, act));
  }

  const tier = command(
    noun,
    "tier",
    "change a price tier from next month on (registrar)",
    "member tier DE-1 2",
  )
    .argument("<member>", "number or ISIL")
    .argument("<tier>", "the new tier", whole());
  does(tier, (context, name: string, next: number) =>
    onMember(context, name, `gets tier ${next} next month`, (consortium, member) =>
      members.sendTier(consortium, { member, tier: next }),
    ),
  );

  const list = command(noun, "list", "every membership", "member list --json");
  does(list, async ({ reader }) => {
    const { consortium } = await reader();
    const all = (await members.listMembers(consortium)).map(memberRow);
    return { data: { members: all }, ...(all.length === 0 ? { title: "There are no members yet." } : {}) };
  });

  const show = command(noun, "show", "one membership", "member show DE-1").argument(
    "<member>",
    "number or ISIL",
  );
  does(show, async ({ reader }, name: string) => {
    const { consortium } = await reader();
    return { data: memberRow(await members.readMember(consortium, await memberNamed(consortium, name))) };
  });

  addPayee(noun);
}

function addPayee(noun: Command): void {
  const payee = noun.command("payee").description("where a member's withdrawals are paid");
  const announce = command(
    payee,
    "announce",
    "announce another payee, which waits 14 days (a cash key)",
    "member payee announce DE-1 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  )
    .argument("<member>", "number or ISIL")
    .argument("<address>", "the new payee");
  does(announce, (context, name: string, address: string) =>
    onMember(context, name, `announces the payee ${address}`, (consortium, member) =>
      members.sendPayee(consortium, { member, payee: address }),
    ),
  );
  const others: readonly [string, string, string, Act][] = [
    ["cancel", "object to an announced payee (any key)", "keeps its payee", members.sendPayeeCancellation],
    ["apply", "carry an announced payee out (anyone)", "has its new payee", members.sendPayeeChange],
  ];
  for (const [word, summary, outcome, act] of others) {
    const one = command(payee, word, summary, `member payee ${word} DE-1`).argument(
      "<member>",
      "number or ISIL",
    );
    does(one, (context, name: string) => onMember(context, name, outcome, act));
  }
}

type Act = (consortium: Consortium, member: MemberId) => Promise<TransactionReceipt>;

/** Carries out an act on one member. */
export async function onMember(
  { writer }: { writer(): Promise<Consortium> },
  name: string,
  outcome: string,
  act: Act,
): Promise<Answer> {
  const consortium = await writer();
  const member = await memberNamed(consortium, name);
  return sent(`Member ${member} ${outcome}.`, await act(consortium, member), { member });
}

/** The answer to an act: what became of it, and where that can be looked up. */
export function sent(title: string, receipt: TransactionReceipt, data: Record<string, unknown>): Answer {
  const { hash, blockNumber, gasUsed } = receipt;
  return { title, data: { ...data, transaction: hash, block: blockNumber, gas: Number(gasUsed) } };
}

function memberRow({ since, until, ...member }: members.Member): Record<string, unknown> {
  return {
    ...member,
    since: since === undefined ? null : formatPeriod(since),
    until: until === undefined ? null : formatPeriod(until),
  };
}
