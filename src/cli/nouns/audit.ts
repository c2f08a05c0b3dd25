import { InvalidArgumentError, type Command } from "commander";
import { audit, type AuditProgress } from "../../auditor/audit.ts";
import { discover, type Site } from "../../auditor/chain/discover.ts";
import { openNode, type ChainNode } from "../../auditor/chain/node.ts";
import { lastBlock, readBlocks, type ReadOptions } from "../../auditor/chain/pages.ts";
import { FindingList } from "../../auditor/finding.ts";
import { auditJson, type AuditResult, type Verdict } from "../../auditor/result.ts";
import { contractsOf } from "../../auditor/site.ts";
import { ConsortiaError } from "../../core/error.ts";
import { writeCertificates } from "../audit/certificates.ts";
import { auditPage } from "../audit/page.ts";
import { auditSummary } from "../audit/summary.ts";
import { command, does, whole } from "../shell/command.ts";
import type { Context } from "../shell/context.ts";
import { writeText } from "../shell/files.ts";
import { unlockKey } from "../shell/keystore.ts";

interface RunOptions {
  readonly ledger: string;
  readonly records: readonly string[];
  readonly fromBlock?: number;
  readonly toBlock?: number;
  readonly checkAt: readonly number[];
  readonly headers: NonNullable<ReadOptions["headers"]>;
  readonly cache?: string;
  readonly html?: string;
  readonly certificates?: string;
  readonly year?: number;
}

/** What the exit code tells; 2 and 3 mean what they mean everywhere. */
const EXITS: Readonly<Record<Verdict, number>> = { clean: 0, wrong: 1, unverifiable: 4 };
const DEFAULT_RPC = "http://127.0.0.1:8545";

export function addAudit(program: Command): void {
  const noun = program.command("audit").description("derive every figure again, believing nobody");

  const run = command(
    noun,
    "run",
    "rebuild the whole book from logs and bundles, and compare it with what the chain says",
    "audit run --rpc https://one.example,https://two.example --ledger 0x5FbDB2315678afecb367f032d93F642f64180aa3 --records records --html audit.html",
  )
    .requiredOption("--ledger <address>", "the ledger; everything else is found from it")
    .option("--records <folders...>", "stores of bundles, one or more", [])
    .option("--from-block <number>", "no contract is older; for nodes that forget old states", whole())
    .option(
      "--to-block <number>",
      "the last block to audit; the newest that every node has by default",
      whole(),
    )
    .option("--check-at <blocks>", "also compare the views at these blocks, as 120,350", numbers, [])
    .option(
      "--headers <level>",
      "prove logs by: none, logs (their own blocks), all (every block)",
      level,
      "all",
    )
    .option("--cache <folder>", "keep what was read, to go on from there next time")
    .option("--html <file>", "write the report as a page that stands alone")
    .option(
      "--certificates <folder>",
      "write a signed balance certificate for each account; needs --year and a key",
    )
    .option("--year <year>", "the year to certify", whole(2020))
    .addHelpText(
      "after",
      "\n--rpc takes several nodes, parted by commas: they must agree.\nExit codes: 0 clean, 1 something is wrong, 4 something could not be verified.",
    );
  does(run, async (context, options: RunOptions) => {
    const result = await runAudit(context, options);
    await writeOut(context, options, result);
    const { isTTY, columns } = process.stdout;
    const colour = isTTY && process.env.NO_COLOR === undefined;
    return {
      data: JSON.parse(auditJson(result)) as Record<string, unknown>,
      text: auditSummary(result, { width: isTTY ? Math.min(columns, 120) : 120, colour }),
      exit: EXITS[result.verdict],
    };
  });
}

async function runAudit({ settings, progress }: Context, options: RunOptions): Promise<AuditResult> {
  const urls = (settings.rpc ?? process.env.CONSORTIA_RPC_URL ?? DEFAULT_RPC).split(",");
  const nodes = urls.map((url) => openNode(url.trim()));
  const { fromBlock, toBlock, checkAt, records } = options;
  const site = await discover(nodes, options.ledger, fromBlock === undefined ? {} : { fromBlock });
  const last = await lastOf(nodes, site, toBlock);
  const findings = new FindingList();
  const source = readBlocks({
    nodes,
    addresses: contractsOf(site),
    ...{ fromBlock: site.fromBlock, toBlock: last.number, headers: options.headers },
    ...(options.cache === undefined ? {} : { cache: options.cache }),
    onNote: ({ message }) => {
      findings.add("NodeUnproven", message);
    },
  });
  const bars: Record<AuditProgress["stage"], (done: number, total: number) => void> = {
    blocks: progress("Reading and folding blocks"),
    views: progress("Comparing views"),
    bundles: progress("Verifying bundles"),
  };
  return audit({
    ...{ site, source, last, nodes, records, checkAt, findings },
    onProgress: ({ stage, done, total }) => {
      bars[stage](done, total);
    },
  });
}

/** @throws `BlockMissing` where the range ends before the ledger began */
async function lastOf(nodes: readonly ChainNode[], site: Site, wanted: number | undefined) {
  const newest = await lastBlock(nodes);
  const number = wanted ?? newest;
  const [node] = nodes;
  if (node === undefined || number < site.created.block || number > newest) {
    throw new ConsortiaError(
      "BlockMissing",
      `Block ${number} does not lie between the ledger's first, ${site.created.block}, and the newest, ${newest}.`,
      { values: { block: number } },
    );
  }
  return node.getBlock(number);
}

async function writeOut(context: Context, options: RunOptions, result: AuditResult): Promise<void> {
  const { settings, progress } = context;
  const { html, certificates, year } = options;
  if (html !== undefined) await writeText(html, auditPage(result));
  if (certificates !== undefined) {
    if (year === undefined) {
      throw new ConsortiaError("YearMissing", "A certificate is for a year: name it with --year.");
    }
    const key = await unlockKey({ keystore: settings.keystore, variable: "CONSORTIA_KEY" });
    await writeCertificates(result, year, key, certificates, progress("Signing certificates"));
  }
}

function numbers(text: string): number[] {
  return text.split(",").map(whole());
}

function level(text: string): RunOptions["headers"] {
  if (text === "none" || text === "logs" || text === "all") return text;
  throw new InvalidArgumentError("Write none, logs or all.");
}
