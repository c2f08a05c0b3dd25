import type { Command } from "commander";
import { credits, formatCredits, type Credits } from "../../core/money.ts";
import { sendAward, sendRuling } from "../../sdk/awards.ts";
import { readClaim } from "../../sdk/claims.ts";
import { fateOf, nameOf } from "../desks/claimRow.ts";
import { claimNamed, STATEMENT } from "../desks/named.ts";
import { amount, command, does } from "../shell/command.ts";
import { sent } from "./member.ts";

interface AwardOptions {
  readonly gross: Credits;
  readonly fee: Credits;
}

export function addAward(program: Command): void {
  const noun = program.command("award").description("what arbiters make of disputed claims");

  const verbs = [
    ["give", "award any part of a disputed claim (an arbiter)", "awarded", sendAward],
    ["rule", "rule on an appeal against an award (an appellate arbiter)", "ruled", sendRuling],
  ] as const;
  for (const [word, summary, done, act] of verbs) {
    const one = command(
      noun,
      word,
      summary,
      `award ${word} 3-7 --gross 24.00 --fee 0.52 --keystore keys/arbiter.json`,
    )
      .argument("<claim>", `its id, or its statement: ${STATEMENT}`)
      .requiredOption(
        "--gross <amount>",
        "what the supplier gets, up to what it claimed; 0 for nothing",
        amount,
      )
      .requiredOption("--fee <amount>", "what COMMONS gets, up to the fee that was claimed", amount);
    does(one, async ({ writer }, text: string, { gross, fee }: AwardOptions) => {
      const consortium = await writer();
      const { claim, statement } = await claimNamed(consortium, text);
      const receipt = await act(consortium, { claim, gross, fee });
      const now = await readClaim(consortium, claim);
      const title = `${formatCredits(credits(gross + fee))} is ${done} on ${nameOf(statement)}.`;
      return sent(title, receipt, {
        ...{ statement: nameOf(statement), claim, gross, fee },
        ...(now === undefined ? {} : { stage: now.stage, unanswered: fateOf(now) }),
      });
    });
  }
}
