import { InvalidArgumentError, type Command } from "commander";
import { isAddress } from "ethers";
import { ADMIN, OFFICES, ROLES, type Office, type RoleName } from "../../core/roles.ts";
import { formatSpan } from "../../core/span.ts";
import { verifyRights, type RightsReport } from "../../sdk/handedOver.ts";
import { houseContracts } from "../../sdk/house.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readRights, type HeldRole } from "../../sdk/rights.ts";
import { read } from "../../sdk/verb.ts";
import { time } from "../houses/format.ts";
import { loadPreset } from "../network/preset.ts";
import { command, does } from "../shell/command.ts";

type Officers = Readonly<Partial<Record<Office, readonly string[]>>>;
interface HandOverOptions {
  readonly preset: string;
  readonly office?: Officers;
  readonly journal?: string;
  readonly forGood: true;
}

export function addCharter(program: Command): void {
  const noun = program.command("charter").description("who may do what, and the text that says why");

  const show = command(noun, "show", "the text's hash, and who holds which role", "charter show");
  does(show, async ({ reader }) => {
    const { consortium } = await reader();
    const { charter } = consortium.contracts;
    const { held, toBlock } = await readRights(consortium);
    const text = await read(charter.textHash());
    const devolved = await read(charter.devolved());
    const roles = held.map((one) => roleRow(consortium, one));
    return { data: { text, councilActsForBoard: devolved, block: toBlock, roles } };
  });

  const verify = command(
    noun,
    "verify",
    "prove from the chain that nobody outside the chambers holds a right; exit code 1 where somebody does",
    "charter verify --rpc http://127.0.0.1:8545",
  );
  does(verify, async ({ reader }) => {
    const { consortium } = await reader();
    const report = await verifyRights(consortium);
    const failed = report.violations.length > 0;
    return { data: reportRow(consortium, report), title: verdict(report), failed };
  });

  const handOver = command(
    noun,
    "hand-over",
    "give every right to the chambers and keep none; there is no way back (the deployer's key)",
    "charter hand-over --for-good --preset default --keystore keys/deployer.json",
  )
    .requiredOption("--for-good", "says that you know that nobody can undo it")
    .option("--preset <name>", "whose board delay counts: a name in deploy/parameters, or a file", "default")
    .option(
      "--office <office=address>",
      "who holds an office from now on, again for each further one",
      officer,
    )
    .option("--journal <folder>", "where each step is noted, to resume a broken handover");
  does(handOver, async ({ writer }, options: HandOverOptions) => {
    const consortium = await writer();
    const { governance } = await loadPreset(options.preset);
    const { handOver: hand } = await import("../network/handover.ts");
    await hand(consortium, {
      ...{ signer: consortium.signer!, boardDelay: governance.boardDelay, offices: options.office ?? {} },
      ...(options.journal === undefined ? {} : { journal: options.journal }),
    });
    const report = await verifyRights(consortium);
    const failed = report.violations.length > 0;
    return { data: reportRow(consortium, report), title: verdict(report), failed };
  });
}

function verdict({ violations, deployerRights }: RightsReport): string {
  if (violations.length === 0) return "The members govern: nobody outside the chambers holds a right.";
  const deployer = deployerRights === 0 ? "" : ` The deployer still has ${deployerRights}.`;
  return `The rights are not as the charter says, in ${violations.length} ways.${deployer}`;
}

function reportRow(consortium: Consortium, report: RightsReport): Record<string, unknown> {
  const { violations, officers, house, deployer, deployerRights, toBlock, vetoTime } = report;
  return {
    ...{ verified: violations.length === 0, block: toBlock, deployer, deployerRights },
    vetoTakes: formatSpan(vetoTime),
    violations: violations.map(({ code, message }) => ({ code, message })),
    offices: officers.map(({ office, holder, since }) => ({ office, holder, since: time(since) })),
    roles: house.map((one) => roleRow(consortium, one)),
  };
}

function roleRow(consortium: Consortium, { role, account, since, delay }: HeldRole): Record<string, unknown> {
  const known = (Object.keys(ROLES) as RoleName[]).find((name) => ROLES[name] === role);
  const name = role === ADMIN ? "administrator" : (known ?? `role ${role}`);
  const contract = houseContracts(consortium).find(
    ({ address }) => address.toLowerCase() === account.toLowerCase(),
  );
  const waits = delay === 0 ? "at once" : formatSpan(delay);
  return { role: name, holder: contract?.name ?? account, since: time(since), acts: waits };
}

function officer(text: string, before: Officers = {}): Officers {
  const [name, holder] = text.split("=");
  const office = OFFICES.find((one) => one === name);
  if (office === undefined || !isAddress(holder)) {
    throw new InvalidArgumentError(`Write it as guardian=0x…; offices are ${OFFICES.join(", ")}.`);
  }
  return { ...before, [office]: [...(before[office] ?? []), holder] };
}
