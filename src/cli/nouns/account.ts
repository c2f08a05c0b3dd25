import type { Command } from "commander";
import { id, type TransactionReceipt } from "ethers";
import { hash, type MemberId } from "../../core/ids.ts";
import { formatCredits, type Credits } from "../../core/money.ts";
import * as accounts from "../../sdk/accounts.ts";
import { issueAgainst } from "../../sdk/commitments.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { amount, command, does } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { onMember, sent } from "./member.ts";

export function addAccount(program: Command): void {
  const noun = program.command("account").description("what members own and owe");

  const show = command(noun, "show", "an account as of now", "account show DE-1").argument(
    "<member>",
    "number, ISIL, commons or relief",
  );
  does(show, async ({ reader }, name: string) => {
    const { consortium } = await reader();
    const member = await memberNamed(consortium, name);
    const [state, waiting] = await Promise.all([
      accounts.readAccount(consortium, member),
      accounts.readWithdrawal(consortium, member),
    ]);
    const withdrawal =
      waiting === undefined
        ? {}
        : { announced: waiting.amount, readyAt: new Date(waiting.readyAt * 1000).toISOString() };
    return { data: { member, ...state, ...withdrawal } };
  });

  const deposit = command(
    noun,
    "deposit",
    "pay the key's assets into an account; approves what is needed",
    "account deposit DE-1 250.00",
  )
    .argument("<member>", "number or ISIL")
    .argument("<amount>", "credits", amount)
    .option(
      "--issue",
      "note that the member promised them and issue the credits to the key first (treasurer)",
    );
  does(deposit, (context, name: string, sum: Credits, options: { issue?: boolean }) =>
    onMember(context, name, `has ${formatCredits(sum)} more`, async (consortium, member) => {
      if (options.issue === true) await issue(consortium, member, sum);
      return accounts.sendDeposit(consortium, { member, amount: sum });
    }),
  );

  const announce = command(
    noun,
    "announce",
    "announce a withdrawal; 0 cancels it (a cash key)",
    "account announce DE-1 100.00",
  )
    .argument("<member>", "number or ISIL")
    .argument("<amount>", "credits", amount);
  does(announce, (context, name: string, sum: Credits) =>
    onMember(context, name, `announces ${formatCredits(sum)}`, (consortium, member) =>
      accounts.sendAnnouncement(consortium, { member, amount: sum }),
    ),
  );

  const withdraw = command(
    noun,
    "withdraw",
    "pay an announced withdrawal out after its notice (anyone in full)",
    "account withdraw DE-1",
  ).argument("<member>", "number or ISIL");
  does(withdraw, (context, name: string) => onMember(context, name, "is paid out", accounts.sendWithdrawal));

  addPairs(noun);
}

/** Verbs between two members: who acts, towards whom. */
function addPairs(noun: Command): void {
  type Pair = readonly [word: string, first: string, second: string, summary: string, act: PairAct];
  type PairAct = (c: Consortium, a: MemberId, b: MemberId, sum: Credits) => Promise<TransactionReceipt>;
  const pairs: readonly Pair[] = [
    [
      ...(["advance", "sponsor", "member", "lend free cash to a member (the sponsor's cash key)"] as const),
      (c, sponsor, member, sum) => accounts.sendAdvance(c, { sponsor, member, amount: sum }),
    ],
    [
      ...(["recall", "sponsor", "member", "take an unspent advance back (the sponsor's cash key)"] as const),
      (c, sponsor, member, sum) => accounts.sendRecall(c, { sponsor, member, amount: sum }),
    ],
    [
      ...(["repay", "member", "sponsor", "pay an advance back (the member's cash key)"] as const),
      (c, member, sponsor, sum) => accounts.sendRepayment(c, { sponsor, member, amount: sum }),
    ],
  ];
  for (const [word, first, second, summary, act] of pairs) {
    const one = command(noun, word, summary, `account ${word} DE-1 DE-7 150.00`)
      .argument(`<${first}>`, "number or ISIL")
      .argument(`<${second}>`, "number or ISIL")
      .argument("<amount>", "credits", amount);
    does(one, async ({ writer }, from: string, to: string, sum: Credits) => {
      const consortium = await writer();
      const [a, b] = await Promise.all([memberNamed(consortium, from), memberNamed(consortium, to)]);
      const data = { [first]: a, [second]: b, amount: sum };
      return sent(`Done: ${word} ${formatCredits(sum)}.`, await act(consortium, a, b, sum), data);
    });
  }

  const payDebt = command(
    noun,
    "pay-debt",
    "pay an acknowledged debt as far as the debtor's account reaches (anyone)",
    "account pay-debt DE-7 DE-1",
  )
    .argument("<debtor>", "number or ISIL")
    .argument("<creditor>", "number or ISIL");
  does(payDebt, async ({ writer }, from: string, to: string) => {
    const consortium = await writer();
    const [debtor, creditor] = await Promise.all([
      memberNamed(consortium, from),
      memberNamed(consortium, to),
    ]);
    const receipt = await accounts.sendDebtPayment(consortium, { debtor, creditor });
    const left = await accounts.readDebt(consortium, debtor, creditor);
    return sent(`${formatCredits(left)} is still owed.`, receipt, { debtor, creditor, left });
  });
}

/** Issues the consortium's own credits to the key, against what the member promised by asking for them. */
async function issue(consortium: Consortium, member: MemberId, sum: Credits): Promise<void> {
  const to = await consortium.signer!.getAddress();
  const document = hash(id(`Member ${member} pays for ${formatCredits(sum)} credits.`));
  await issueAgainst(consortium, { member, amount: sum, to, document });
}
