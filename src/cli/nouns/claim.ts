import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { formatPeriod } from "../../core/period.ts";
import { bundleRecords } from "../../records/bundle.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import type { RecordStore } from "../../records/store.ts";
import { readClaimSteps, readEnds, readOpenClaims } from "../../sdk/claimLog.ts";
import { readClaim, sendClaim, sendClaimWithdrawal } from "../../sdk/claims.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { claimRow, endTitle, fateOf, nameOf } from "../desks/claimRow.ts";
import { bundleOf, claimNamed, fileNamed, STATEMENT } from "../desks/named.ts";
import { inTurn } from "../desks/inTurn.ts";
import { command, does } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { readStatement } from "../statements/file.ts";
import { addAnswers } from "./claimAnswers.ts";
import { addSettlement } from "./claimSettlement.ts";
import { sent } from "./member.ts";
import { withFolders, type FolderOptions } from "./statementFolder.ts";

interface ListOptions {
  readonly supplier?: string;
  readonly consumer?: string;
}

export function addClaim(program: Command): void {
  const noun = program
    .command("claim")
    .description("statements without countersignature: open, dispute, accept, prove, settle");

  const open = withFolders(
    command(
      noun,
      "open",
      "claim statements that their consumers do not countersign; sets a bond aside (the supplier's key)",
      "claim open 3-7 --keystore keys/de-1.json",
    ),
  ).argument("<statements...>", STATEMENT);
  does(open, async ({ writer, progress }, named: string[], { dir, store }: FolderOptions) => {
    const consortium = await writer();
    const records = createDirectoryStore(store);
    const claims = await inTurn(named, progress("Claiming"), async (text) => ({
      done: "claimed",
      ...(await openClaim(consortium, records, store, fileNamed(text, dir))),
    }));
    return { data: { claims: claims.rows }, title: claims.title("Claimed"), failed: claims.refused > 0 };
  });

  const list = command(
    noun,
    "list",
    "claims that have not ended, and when anyone can settle them",
    "claim list --consumer DE-7",
  )
    .option("--supplier <member>", "only claims of this member, by number or ISIL")
    .option("--consumer <member>", "only claims against this member");
  does(list, async ({ reader, progress, settings }, options: ListOptions) => {
    const { consortium } = await reader();
    const party = async (name: string | undefined) =>
      name === undefined ? undefined : memberNamed(consortium, name);
    const [supplier, consumer] = [await party(options.supplier), await party(options.consumer)];
    const open = await readOpenClaims(consortium, {
      ...(supplier === undefined ? {} : { supplier }),
      ...(consumer === undefined ? {} : { consumer }),
      progress: progress("Reading the log"),
    });
    const claims = open.map((one) => claimRow(one, settings.json === true));
    return { data: { claims }, ...(claims.length === 0 ? { title: "No claim is open." } : {}) };
  });

  const show = command(
    noun,
    "show",
    "one claim: where it stands and what happened to it",
    "claim show 3-7",
  ).argument("<claim>", `its id, or its statement: ${STATEMENT}`);
  does(show, async ({ reader }, text: string) => {
    const { consortium } = await reader();
    return { data: await claimFacts(consortium, text) };
  });

  addAnswers(noun);

  const withdraw = command(
    noun,
    "withdraw",
    "give a claim up; the bond comes back unless it was disputed (the supplier's key)",
    "claim withdraw 3-7 --keystore keys/de-1.json",
  ).argument("<claim>", `its id, or its statement: ${STATEMENT}`);
  does(withdraw, async ({ writer }, text: string) => {
    const consortium = await writer();
    const { claim, statement } = await claimNamed(consortium, text);
    const { receipt, end } = await sendClaimWithdrawal(consortium, claim);
    return sent(endTitle(statement, end), receipt, { statement: nameOf(statement), ...end });
  });

  addSettlement(noun);
}

/** @throws `ClaimCountersigned` where there is nothing to claim: the statement can be posted */
async function openClaim(consortium: Consortium, store: RecordStore, folder: string, path: string) {
  const { statement, countersignature } = await readStatement(path);
  if (countersignature !== undefined) {
    throw new ConsortiaError(
      "ClaimCountersigned",
      `${path} is countersigned. Post it with "consortia statement post ${path}".`,
      { values: { path } },
    );
  }
  const records = bundleRecords(await bundleOf(store, statement.root, folder));
  const { claim, gross, fee, receipt } = await sendClaim(consortium, { statement, records });
  const facts = { statement: nameOf(statement), consumer: statement.consumer, records: records.length };
  return { ...facts, gross, fee, claim, transaction: receipt.hash };
}

async function claimFacts(consortium: Consortium, text: string): Promise<Record<string, unknown>> {
  const { claim, statement, gross, fee } = await claimNamed(consortium, text);
  const [now, [end], steps] = await Promise.all([
    readClaim(consortium, claim),
    readEnds(consortium, [claim]),
    readClaimSteps(consortium, claim),
  ]);
  const { supplier, consumer, period } = statement;
  return {
    ...{ claim, statement: nameOf(statement), supplier, consumer, period: formatPeriod(period) },
    claimed: { gross, fee },
    stage: now?.stage ?? "ended",
    ...(now?.award === undefined ? {} : { awarded: now.award }),
    ...(now === undefined ? {} : { unanswered: fateOf(now), secondsLeft: now.secondsLeft }),
    ...(end === undefined
      ? {}
      : {
          outcome: end.outcome,
          charged: { gross: end.gross, fee: end.fee },
          acknowledged: end.acknowledged,
        }),
    steps: steps.map(({ step, outcome, charge, by, block, tx }) => ({
      ...{ step: outcome === undefined ? step : `${step}: ${outcome}`, by: by ?? null },
      ...{ gross: charge?.gross ?? null, fee: charge?.fee ?? null, block, transaction: tx },
    })),
  };
}
