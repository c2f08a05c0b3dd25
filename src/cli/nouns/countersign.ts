import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { memberId } from "../../core/ids.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readKey } from "../../sdk/keys.ts";
import { countersign } from "../../sdk/statements.ts";
import { command, does } from "../shell/command.ts";
import { plainStatement, readStatement, writeStatement } from "../statements/file.ts";
import { verifyStatement } from "../statements/verify.ts";
import { filesNamed, withFolders, type FolderOptions } from "./statementFolder.ts";

export function addCountersign(noun: Command): void {
  const one = withFolders(
    command(
      noun,
      "countersign",
      "agree to statements as their consumer, after recomputing them",
      "statement countersign .consortia/statements/3-1.json --keystore keys/de-7.json",
    ),
  )
    .argument("[files...]", "statement files; by default all of the folder that the key may sign")
    .option("--consumer <number>", "only statements of this member");
  does(one, async ({ writer, progress }, named: string[], options: FolderOptions & { consumer?: string }) => {
    const consortium = await writer();
    const store = createDirectoryStore(options.store);
    const paths = await filesNamed(named, options);
    const bar = progress("Countersigning");
    const statements = [];
    for (const [index, path] of paths.entries()) {
      const chosen = named.length > 0 || options.consumer !== undefined;
      const outcome = await sign(consortium, store, path, { chosen, ...only(options.consumer) });
      if (outcome !== undefined) statements.push({ file: path, ...outcome });
      bar(index + 1, paths.length);
    }
    const signed = statements.filter(({ outcome }) => outcome === "signed").length;
    const failed = statements.some(({ outcome }) => outcome === "refused");
    return { data: { signed, statements }, title: `Signed: ${signed}.`, failed };
  });
}

interface Choice {
  /** Whether statements were named, so that one that cannot be signed is an error and not another's. */
  readonly chosen: boolean;
  readonly consumer?: number;
}

/** Signs one statement and puts the signature into its file and its bundle. */
async function sign(consortium: Consortium, store: RecordStore, path: string, { chosen, consumer }: Choice) {
  const file = await readStatement(path);
  const { statement } = file;
  if (consumer !== undefined && statement.consumer !== consumer) return undefined;
  const key = await consortium.signer!.getAddress();
  const { rights } = await readKey(consortium, statement.consumer, key);
  if (!rights.includes("countersign")) {
    if (!chosen) return undefined;
    throw new ConsortiaError(
      "RightMissing",
      `${key} is no living key of member ${statement.consumer} with the right to countersign. Use another key, or have the right granted.`,
      { values: { key, member: statement.consumer } },
    );
  }
  const facts = { supplier: statement.supplier, consumer: statement.consumer, number: statement.number };
  const unsigned = { chainId: file.chainId, ledger: file.ledger, statement };
  const verdict = await verifyStatement(consortium, store, unsigned);
  if (!verdict.ok) {
    const why = verdict.checks.filter(({ ok }) => !ok).map(({ check, found }) => `not: ${check} (${found})`);
    return { ...facts, outcome: "refused", why: why.join("; ") };
  }
  const { countersignature } = await countersign(consortium, consortium.signer!, statement);
  const signed = { ...unsigned, countersignature };
  const bundle = await store.get(statement.root);
  if (bundle !== undefined) await store.put({ ...bundle, statement: plainStatement(signed) });
  await writeStatement(path, signed);
  return { ...facts, outcome: "signed", why: "" };
}

function only(consumer: string | undefined): { consumer?: number } {
  return consumer === undefined ? {} : { consumer: memberId(Number(consumer)) };
}
