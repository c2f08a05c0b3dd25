import { rm } from "node:fs/promises";
import type { Command } from "commander";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import type { MemberId } from "../../core/ids.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readKey } from "../../sdk/keys.ts";
import { STATEMENT } from "../desks/named.ts";
import { command, does } from "../shell/command.ts";
import { differencesPath, writeDifferences } from "../statements/differences.ts";
import { plainStatement, readStatement, writeStatement } from "../statements/file.ts";
import { faultsOf, reportOf } from "../statements/show.ts";
import { signNoted } from "../statements/sign.ts";
import { compareWith, withComparison, type Comparison, type ComparisonOptions } from "./comparison.ts";
import { filesNamed, memberOption } from "./statementFolder.ts";

interface CountersignOptions extends ComparisonOptions {
  readonly consumer?: string;
}

export function addCountersign(noun: Command): void {
  const one = withComparison(
    command(
      noun,
      "countersign",
      "agree to statements as their consumer: signs what agrees with your own records, and writes beside the others why not",
      "statement countersign 3-1 --keystore keys/de-7.json",
    ),
  )
    .argument("[files...]", `${STATEMENT}; by default all of the folder that the key may sign`)
    .option("--consumer <member>", "only statements of this member: its number or ISIL");
  does(one, async ({ reader, writer, progress }, named: string[], options: CountersignOptions) => {
    const consortium = await writer();
    const { about } = await reader();
    const comparison = await compareWith(consortium, about.services, options);
    const consumer = await memberOption(consortium, options.consumer);
    const paths = await filesNamed(named, options);
    const choice = { named: named.length > 0, consumer };
    const bar = progress("Countersigning");
    const statements = [];
    for (const [index, path] of paths.entries()) {
      const outcome = await sign(consortium, comparison, path, choice).catch((error: unknown) => {
        if (paths.length === 1 || !isConsortiaError(error) || error.retryable) throw error;
        return { outcome: "refused", why: error.message, differences: "" };
      });
      if (outcome !== undefined) statements.push({ file: path, ...outcome });
      bar(index + 1, paths.length);
    }
    const signed = statements.filter(({ outcome }) => outcome === "signed").length;
    const refused = statements.filter(({ outcome }) => outcome === "refused").length;
    const title = `Signed: ${signed}.${refused === 0 ? "" : ` Refused: ${refused}.`}`;
    return { data: { signed, statements }, title, failed: refused > 0 };
  });
}

interface Choice {
  /** Whether statements were named: then one that cannot be signed is an error, and a signed one is signed again. */
  readonly named: boolean;
  readonly consumer: MemberId | undefined;
}

/** Signs one statement and puts the signature into its file and its bundle, or writes beside it why not. */
async function sign(
  consortium: Consortium,
  comparison: Comparison,
  path: string,
  { named, consumer }: Choice,
) {
  const { examine, store, folder } = comparison;
  const file = await readStatement(path);
  const { statement } = file;
  if (consumer !== undefined && statement.consumer !== consumer) return undefined;
  if (!named && file.countersignature !== undefined) return undefined;
  const key = await consortium.signer!.getAddress();
  const { rights } = await readKey(consortium, statement.consumer, key);
  if (!rights.includes("countersign")) {
    if (!named && consumer === undefined) return undefined;
    throw new ConsortiaError(
      "RightMissing",
      `${key} is no living key of member ${statement.consumer} with the right to countersign. Use another key, or have the right granted.`,
      { values: { key, member: statement.consumer } },
    );
  }
  const facts = { supplier: statement.supplier, consumer: statement.consumer, number: statement.number };
  const unsigned = { chainId: file.chainId, ledger: file.ledger, statement };
  const found = await examine(unsigned);
  const bundle = await store.get(statement.root);
  if (!found.ok || bundle === undefined) {
    const differences = differencesPath(path);
    await writeDifferences(differences, reportOf(unsigned, found));
    return { ...facts, outcome: "refused", why: faultsOf(found).join("; "), differences };
  }
  const countersignature = await signNoted(consortium, folder, statement, bundle);
  const signed = { ...unsigned, countersignature };
  await store.put({ ...bundle, statement: plainStatement(signed) });
  await writeStatement(path, signed);
  await rm(differencesPath(path), { force: true });
  return { ...facts, outcome: "signed", why: "", differences: "" };
}
