import { Option, type Command } from "commander";
import { MODES, type Mode } from "../../core/statement.ts";
import { STATEMENT } from "../desks/named.ts";
import { command, does, whole } from "../shell/command.ts";
import { unlockKey } from "../shell/keystore.ts";
import { readStatement } from "../statements/file.ts";
import { postStatementFiles } from "../statements/post.ts";
import { filesNamed, memberOption, withFolders, type FolderOptions } from "./statementFolder.ts";

interface PostOptions extends FolderOptions {
  readonly mode?: Mode;
  readonly supplier?: string;
  readonly relay?: boolean;
  readonly relayerKeystore?: string;
  readonly valid: number;
}

export function addPost(noun: Command): void {
  const one = withFolders(
    command(
      noun,
      "post",
      "post countersigned statements, fifty to a transaction, with a key of the supplier",
      "statement post --mode skip --keystore keys/de-1.json",
    ),
  )
    .argument("[files...]", `${STATEMENT}; all of the folder by default`)
    .addOption(
      new Option(
        "--mode <mode>",
        "what becomes of a batch when one of its statements cannot be posted; allOrNothing by default, and acknowledge for contributions to the common good",
      ).choices(Object.keys(MODES)),
    )
    .option("--supplier <member>", "only statements of this member: its number, ISIL or commons")
    .option("--relay", "sign an order with the supplier's key and let CONSORTIA_RELAYER_KEY pay")
    .option("--relayer-keystore <file>", "the encrypted key that pays")
    .option("--valid <seconds>", "how long an order holds", whole(60), 3_600);
  does(one, async (context, named: string[], options: PostOptions) => {
    const all = await Promise.all((await filesNamed(named, options)).map(readStatement));
    const relayed = options.relay === true || options.relayerKeystore !== undefined;
    const { keystore } = context.settings;
    const order = relayed
      ? {
          order: { signer: await unlockKey({ keystore, variable: "CONSORTIA_KEY" }), seconds: options.valid },
        }
      : {};
    const consortium = await (relayed ? context.relayer(options.relayerKeystore) : context.writer());
    const supplier = await memberOption(consortium, options.supplier);
    const files = all.filter(({ statement }) => statement.supplier === (supplier ?? statement.supplier));
    const mode = options.mode === undefined ? {} : { mode: options.mode };
    const progress = context.progress("Posting");
    const outcome = await postStatementFiles({ consortium, files, ...mode, ...order, progress });
    const batches = outcome.batches.map(({ receipt, posted, skipped, batchRoot, acknowledged }) => ({
      ...{ transaction: receipt.hash, gas: Number(receipt.gasUsed), batchRoot, acknowledged },
      ...{ posted: posted.length, skipped: skipped.length },
    }));
    const posted = outcome.batches.flatMap((batch) => batch.posted);
    const skipped = outcome.batches.flatMap((batch) => batch.skipped);
    const { before, unsigned } = outcome;
    const data = { batches, posted, skipped, postedBefore: before, unsigned };
    const title = `${posted.length} posted, ${skipped.length} skipped, ${before.length} posted before, ${unsigned.length} unsigned.`;
    return { data, title, failed: skipped.length > 0 };
  });
}
