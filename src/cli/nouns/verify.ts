import type { Command } from "commander";
import { isConsortiaError } from "../../core/error.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isNumberUsed } from "../../sdk/statements.ts";
import type { Service } from "../network/services.ts";
import { STATEMENT } from "../desks/named.ts";
import { command, does } from "../shell/command.ts";
import type { Answer } from "../shell/render.ts";
import type { Examination } from "../statements/examine.ts";
import { readStatement, type StatementFile } from "../statements/file.ts";
import { differenceRows, faultsOf, lineRows, recordRows, totalsOf } from "../statements/show.ts";
import { compareWith, withComparison, type ComparisonOptions } from "./comparison.ts";
import { filesNamed } from "./statementFolder.ts";

interface Examined {
  readonly path: string;
  readonly file: StatementFile;
  readonly found: Examination;
}

export function addVerify(noun: Command): void {
  const verify = withComparison(
    command(
      noun,
      "verify",
      "recompute a statement from its records and the chain, and compare each record with your own",
      "statement verify 3-1",
    ),
  ).argument("[files...]", `${STATEMENT}; by default all of the folder that are not posted yet`);
  does(verify, async ({ reader, progress }, named: string[], options: ComparisonOptions) => {
    const { consortium, about } = await reader();
    const { examine } = await compareWith(consortium, about.services, options);
    const files = await filesNamed(named, options);
    const paths = named.length > 0 ? files : await unposted(consortium, files);
    const [only] = paths;
    const one = async (path: string): Promise<Examined> => {
      const file = await readStatement(path);
      return { path, file, found: await examine(file) };
    };
    if (only !== undefined && paths.length === 1) return showOne(await one(only), about.services);
    const bar = progress("Verifying");
    const all: (Examined | { path: string; message: string })[] = [];
    for (const [index, path] of paths.entries()) {
      all.push(await one(path).catch((error: unknown) => unreadable(path, error)));
      bar(index + 1, paths.length);
    }
    return showAll(all, about.services);
  });
}

/** What was posted was verified when it was signed, and its number is used since. */
async function unposted(consortium: Consortium, paths: readonly string[]): Promise<string[]> {
  const waiting: string[] = [];
  for (const path of paths) {
    const file = await readStatement(path).catch(() => undefined);
    const { supplier, number } = file?.statement ?? {};
    const posted =
      supplier !== undefined && number !== undefined && (await isNumberUsed(consortium, supplier, number));
    if (!posted) waiting.push(path);
  }
  return waiting;
}

/** One bad file among many is told and does not hide the others. */
function unreadable(path: string, error: unknown): { path: string; message: string } {
  if (isConsortiaError(error) && !error.retryable) return { path, message: error.message };
  throw error;
}

function showOne({ path, file, found }: Examined, services: readonly Service[]): Answer {
  const { ok, gross, fee, checks } = found;
  const data = {
    ...{ file: path, ok, signed: file.countersignature !== undefined, gross, fee },
    totals: totalsOf(found),
    lines: lineRows(found, services),
    records: recordRows(found, services),
    differences: differenceRows(found, services),
    checks,
  };
  return { data, failed: !ok, title: ok ? "It holds." : "This statement does not hold." };
}

function showAll(
  all: readonly (Examined | { path: string; message: string })[],
  services: readonly Service[],
): Answer {
  const statements = all.map((one) => {
    if (!("found" in one)) return { file: one.path, ok: false, wrong: one.message };
    const { path, file, found } = one;
    const { gross, fee, royalties, relieved, agreed, disputed } = totalsOf(found);
    const { ok, lines, records } = found;
    const signed = file.countersignature !== undefined;
    const others = { royalties, relieved, agreed, disputed };
    const figures = { gross, fee, ...others, lines: lines.length, records: records.length };
    return { file: path, ok, signed, ...figures, wrong: faultsOf(found).join("; ") };
  });
  const differences = all.flatMap((one) => {
    if (!("found" in one)) return [];
    const { supplier, number } = one.file.statement;
    return differenceRows(one.found, services).map((row) => ({ statement: `${supplier}-${number}`, ...row }));
  });
  const failed = statements.some(({ ok }) => !ok);
  const title = `${statements.filter(({ ok }) => ok).length} of ${statements.length} statements hold.`;
  return { data: { ok: !failed, statements, differences }, failed, title };
}
