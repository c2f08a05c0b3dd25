import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import type { MemberId } from "../../core/ids.ts";
import { sendAppeal } from "../../sdk/awards.ts";
import { readOpenClaims } from "../../sdk/claimLog.ts";
import { sendSettlement } from "../../sdk/claims.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readKey } from "../../sdk/keys.ts";
import type { Statement } from "../../core/statement.ts";
import { nameOf } from "../desks/claimRow.ts";
import { claimNamed, claimsNamed, STATEMENT } from "../desks/named.ts";
import { inTurn } from "../desks/inTurn.ts";
import { command, does } from "../shell/command.ts";
import { sent } from "./member.ts";

/** What ends a claim: appeals, and the settlement that anyone may call for. */
export function addSettlement(noun: Command): void {
  const appeal = command(
    noun,
    "appeal",
    "appeal against an award, once (a countersigning key of either party)",
    "claim appeal 3-7 --keystore keys/de-7.json",
  ).argument("<claim>", `its id, or its statement: ${STATEMENT}`);
  does(appeal, async ({ writer }, text: string) => {
    const consortium = await writer();
    const { claim, statement } = await claimNamed(consortium, text);
    const party = await partyOf(consortium, statement);
    const receipt = await sendAppeal(consortium, { party, claim });
    const title = `Member ${party} appeals against the award on ${nameOf(statement)}.`;
    return sent(title, receipt, { statement: nameOf(statement), claim, party });
  });

  const settle = command(
    noun,
    "settle",
    "end claims whose time has come (anyone)",
    "claim settle 3-7",
  ).argument("[claims...]", "ids or statements; by default all whose time has come");
  does(settle, async ({ writer, progress }, named: string[]) => {
    const consortium = await writer();
    const reading = progress("Reading the log");
    const due =
      named.length > 0
        ? await claimsNamed(consortium, named, reading)
        : (await readOpenClaims(consortium, { progress: reading })).filter(
            ({ secondsLeft }) => secondsLeft === 0,
          );
    const names = due.map(({ statement }) => nameOf(statement));
    const settled = await inTurn(names, progress("Settling"), async (_name, index) => {
      const { receipt, end } = await sendSettlement(consortium, due[index]!.claim);
      return { done: "settled", ...end, transaction: receipt.hash };
    });
    const title = due.length === 0 ? "No claim's time has come." : settled.title("Settled");
    return { data: { settled: settled.rows }, title, failed: settled.refused > 0 };
  });
}

/** The party that the signer's key may countersign for. @throws `RightMissing` */
async function partyOf(consortium: Consortium, { supplier, consumer }: Statement): Promise<MemberId> {
  const key = (await consortium.signer?.getAddress()) ?? "";
  for (const member of [supplier, consumer]) {
    if ((await readKey(consortium, member, key)).rights.includes("countersign")) return member;
  }
  throw new ConsortiaError(
    "RightMissing",
    `${key} is no living key of member ${supplier} or ${consumer} with the right to countersign. Use another key, or have the right granted.`,
    { values: { key, supplier, consumer } },
  );
}
