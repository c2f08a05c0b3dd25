import { Command, CommanderError } from "commander";
import { usePrinter } from "./shell/command.ts";
import { DEFAULT_RPC } from "./shell/context.ts";
import { EXIT, exitCode, shown } from "./shell/errors.ts";
import { toJson, toText } from "./shell/render.ts";
import { addAccount } from "./nouns/account.ts";
import { addAgreement } from "./nouns/agreement.ts";
import { addAmendment } from "./nouns/amendment.ts";
import { addApplication } from "./nouns/application.ts";
import { addAttestor } from "./nouns/attestor.ts";
import { addAudit } from "./nouns/audit.ts";
import { addAward } from "./nouns/award.ts";
import { addBallot } from "./nouns/ballot.ts";
import { addCertificate } from "./nouns/certificate.ts";
import { addCharter } from "./nouns/charter.ts";
import { addChoice } from "./nouns/choice.ts";
import { addClaim } from "./nouns/claim.ts";
import { addCompensation } from "./nouns/compensation.ts";
import { addCredit } from "./nouns/credit.ts";
import { addDelegate } from "./nouns/delegate.ts";
import { addDocument } from "./nouns/document.ts";
import { addDuplicate } from "./nouns/duplicate.ts";
import { addElection } from "./nouns/election.ts";
import { addGrant } from "./nouns/grant.ts";
import { addImport } from "./nouns/import.ts";
import { addInvoice } from "./nouns/invoice.ts";
import { addKeeper } from "./nouns/keeper.ts";
import { addKey } from "./nouns/key.ts";
import { addMember } from "./nouns/member.ts";
import { addNetwork } from "./nouns/network.ts";
import { addPeriod } from "./nouns/period.ts";
import { addProposal } from "./nouns/proposal.ts";
import { addReceipt } from "./nouns/receipt.ts";
import { addRecord } from "./nouns/record.ts";
import { addRefund } from "./nouns/refund.ts";
import { addRelief } from "./nouns/relief.ts";
import { addReport } from "./nouns/report.ts";
import { addResource } from "./nouns/resource.ts";
import { addSchedule } from "./nouns/schedule.ts";
import { addSeat } from "./nouns/seat.ts";
import { addStatement } from "./nouns/statement.ts";
import { addVoice } from "./nouns/voice.ts";

const ENVIRONMENT = `
Environment:
  CONSORTIA_RPC_URL       the node; ${DEFAULT_RPC} by default
  CONSORTIA_KEY           a private key, where no --keystore is named
  CONSORTIA_PASSWORD      the keystore's password, where nobody can type it
  CONSORTIA_RELAYER_KEY   the key that pays for "statement post" and "claim dispute" with --relay
  NO_COLOR                plain text on a terminal

Exit codes: 0 done, 1 refused by a rule or a contract, 2 wrong usage, 3 try again later.

Example:
  npm run consortia -- network start`;

const NOUNS = [
  ...[addNetwork, addMember, addKey, addChoice, addSchedule, addAgreement, addImport],
  ...[addStatement, addRecord, addReceipt, addClaim, addAward, addRefund, addDuplicate],
  ...[addRelief, addGrant, addCompensation, addResource, addAttestor],
  ...[
    addAccount,
    addInvoice,
    addCredit,
    addPeriod,
    addKeeper,
    addReport,
    addDocument,
    addAudit,
    addCertificate,
  ],
  ...[addApplication, addVoice, addDelegate, addElection, addBallot, addSeat],
  ...[addProposal, addAmendment, addCharter],
];

/** The whole command line; nothing is read or printed before it is parsed. */
export function createProgram(): Command {
  const program = new Command("consortia")
    .description("A contribution ledger for library consortia.")
    .option("--json", "print one JSON object and nothing else")
    .option("--rpc <url>", "the node to ask, before CONSORTIA_RPC_URL")
    .option("--deployment <file>", "where the contracts are; .consortia/<chain>.json by default")
    .option("--keystore <file>", "the encrypted key to act with")
    .addHelpText("after", ENVIRONMENT);
  for (const add of NOUNS) add(program);
  quieten(program);
  return program;
}

/** Runs one command line. @returns the exit code */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = createProgram();
  const json = args.includes("--json");
  let code: number = EXIT.done;
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  usePrinter(program, (answer) => {
    process.stdout.write(`${json ? toJson(answer.data) : (answer.text ?? toText(answer, colour))}\n`);
    code = answer.exit ?? (answer.failed === true ? EXIT.refused : EXIT.done);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    report(error, json);
    return exitCode(error);
  }
}

function report(error: unknown, json: boolean): void {
  if (error instanceof CommanderError) {
    const { code, exitCode: ended, message } = error;
    if (json && ended !== 0) process.stdout.write(`${toJson({ error: { code, message } })}\n`);
    return;
  }
  const { code, message, retryable, values } = shown(error);
  if (json) process.stdout.write(`${toJson({ error: { code, message, retryable, values } })}\n`);
  else process.stderr.write(`${message}\n`);
  if (process.env.CONSORTIA_TRACE !== undefined) console.error(error);
}

/** Every command throws instead of ending the process, and shows its help after a mistake. */
function quieten(one: Command): void {
  one.exitOverride().showSuggestionAfterError().showHelpAfterError("(add --help for what it takes)");
  for (const sub of one.commands) quieten(sub);
}
