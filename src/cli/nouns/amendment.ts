import type { Command } from "commander";
import { id } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { hash } from "../../core/ids.ts";
import {
  readAmendment,
  sendAmendment,
  sendAmendmentExecution,
  type Amendment,
  type AmendmentBody,
} from "../../sdk/amendments.ts";
import { readAmendments } from "../../sdk/governanceLog.ts";
import { callText, readCalls } from "../houses/calls.ts";
import { time } from "../houses/format.ts";
import { AMENDMENT, amendmentNamed } from "../houses/named.ts";
import { command, does } from "../shell/command.ts";
import { readWords } from "../shell/files.ts";
import { sent } from "./member.ts";

interface ProposeOptions {
  readonly calls?: string;
  readonly text?: string;
}

export function addAmendment(program: Command): void {
  const noun = program
    .command("amendment")
    .description("changes of the charter: the council ratifies, the assembly approves, then anyone executes");

  const propose = command(
    noun,
    "propose",
    "propose an amendment (anyone); then have it ratified and approved by proposals",
    "amendment propose --calls calls.json --text charter.md",
  )
    .option("--calls <file>", "calls that the charter's administrator makes, as in proposal propose")
    .option("--text <file>", "the charter's new text, whose hash is pinned");
  does(propose, async ({ writer }, options: ProposeOptions) => {
    const consortium = await writer();
    const { calls, text } = options;
    if (calls === undefined && text === undefined) {
      throw new ConsortiaError(
        "AmendmentEmpty",
        "An amendment changes something. Name --calls, a --text, or both.",
      );
    }
    const terms: AmendmentBody = {
      calls: calls === undefined ? [] : await readCalls(consortium, calls),
      ...(text === undefined ? {} : { text: hash(id(await readWords(text))) }),
    };
    const { amendment, receipt } = await sendAmendment(consortium, terms);
    const title = `Amendment ${short(amendment)} is proposed. Put "ratify ${short(amendment)}" to the council and "approve ${short(amendment)}" to the assembly.`;
    const means = terms.calls.map((call) => callText(consortium, call));
    return sent(title, receipt, { amendment, calls: means, text: terms.text ?? null });
  });

  const list = command(noun, "list", "every amendment that was proposed", "amendment list");
  does(list, async ({ reader }) => {
    const { consortium } = await reader();
    const put = await readAmendments(consortium);
    const amendments = await Promise.all(
      put.map(async ({ amendment }) => rowOf(await readAmendment(consortium, amendment))),
    );
    return {
      data: { amendments },
      ...(put.length === 0 ? { title: "No amendment was ever proposed." } : {}),
    };
  });

  const show = command(
    noun,
    "show",
    "an amendment: what it does, and whose word it lacks",
    "amendment show 0x8f2a11",
  ).argument("<amendment>", AMENDMENT);
  does(show, async ({ reader }, name: string) => {
    const { consortium } = await reader();
    const { amendment, calls, text } = await amendmentNamed(consortium, name);
    const means = calls.map((call) => ({ ...call, means: callText(consortium, call) }));
    return {
      data: { ...rowOf(await readAmendment(consortium, amendment)), text: text ?? null, calls: means },
    };
  });

  const execute = command(
    noun,
    "execute",
    "carry out an amendment that has passed, in its time (anyone)",
    "amendment execute 0x8f2a11",
  ).argument("<amendment>", AMENDMENT);
  does(execute, async ({ writer }, name: string) => {
    const consortium = await writer();
    const put = await amendmentNamed(consortium, name);
    const receipt = await sendAmendmentExecution(consortium, put);
    return sent(`Amendment ${short(put.amendment)} is executed.`, receipt, { amendment: put.amendment });
  });
}

function short(amendment: string): string {
  return amendment.slice(0, 12);
}

function rowOf({ amendment, executed, ...times }: Amendment): Record<string, unknown> {
  const at = (seconds: number | undefined) => (seconds === undefined ? null : time(seconds));
  return {
    ...{ amendment, proposed: at(times.proposedAt), ratified: at(times.ratifiedAt) },
    ...{ approved: at(times.approvedAt), insisted: at(times.insistedAt) },
    ...{ executableFrom: at(times.readyAt), executed },
  };
}
