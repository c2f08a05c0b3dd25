import type { Command } from "commander";
import { describeAct, type DoneAct } from "../../keeper/act.ts";
import { createKeeper, type KeeperNote } from "../../keeper/keeper.ts";
import { command, does, onEnd, whole } from "../shell/command.ts";
import { toJson } from "../shell/render.ts";

interface KeeperOptions {
  readonly once?: boolean;
  readonly interval: number;
}

export function addKeeper(program: Command): void {
  const noun = program.command("keeper").description("what is due and open to anyone");

  const due = command(noun, "due", "what is due now; changes nothing", "keeper due --json");
  does(due, async ({ reader }) => {
    const acts = await createKeeper(await reader()).due();
    const title = acts.length === 0 ? { title: "Nothing is due." } : {};
    return { data: { due: acts.map((act) => ({ act: act.kind, what: describeAct(act) })) }, ...title };
  });

  const run = command(
    noun,
    "run",
    "close months, pay out, pay debts, settle claims and carry out changes as they fall due, until Ctrl-C",
    "keeper run --interval 60 --keystore keys/keeper.json",
  )
    .option("--once", "do what is due now and end")
    .option("--interval <seconds>", "how often to look", whole(1), 60);
  does(run, async ({ writer, settings }, { once, interval }: KeeperOptions) => {
    const done: DoneAct[] = [];
    const log = (note: KeeperNote) => {
      if (note.event === "done") done.push(note.act);
      process.stderr.write(`${settings.json === true ? toJson(plain(note)) : told(note)}\n`);
    };
    const stop = new AbortController();
    if (once !== true) onEnd(() => stop.abort());
    const keeper = createKeeper({ consortium: await writer(), log });
    await (once === true ? keeper.tick() : keeper.run({ intervalMs: interval * 1000, signal: stop.signal }));
    const acts = done.map((act) => ({
      act: act.kind,
      what: describeAct(act),
      gas: act.gas,
      transaction: act.hash,
    }));
    return { data: { done: acts }, ...(acts.length === 0 ? { title: "Nothing was due." } : {}) };
  });
}

function told(note: KeeperNote): string {
  switch (note.event) {
    case "done":
      return `Done: ${describeAct(note.act)} (${note.act.hash}).`;
    case "lost":
      return `Somebody else came first: ${describeAct(note.act)}.`;
    case "refused":
      return `Refused: ${describeAct(note.act)}. ${note.error.message}`;
    case "waiting":
      return `${note.error.message} Asking again in ${(note.ms / 1000).toFixed(1)} seconds.`;
  }
}

function plain(note: KeeperNote): Record<string, unknown> {
  if (!("error" in note)) return { ...note };
  const { code, message } = note.error;
  return { ...note, error: { code, message } };
}
