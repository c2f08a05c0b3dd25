import type { Command } from "commander";
import { formatPeriod } from "../../core/period.ts";
import { readPeriod, sendClose } from "../../sdk/periods.ts";
import { command, does } from "../shell/command.ts";
import { sent } from "./member.ts";

export function addPeriod(program: Command): void {
  const noun = program.command("period").description("the open month");

  const show = command(noun, "show", "the open month, and whether it can be closed", "period show");
  does(show, async ({ reader }) => {
    const { open, endsAt, closeDue, now, pausedUntil } = await readPeriod((await reader()).consortium);
    const at = (seconds: number) => new Date(seconds * 1000).toISOString();
    const paused = pausedUntil === undefined ? {} : { postingPausedUntil: at(pausedUntil) };
    return { data: { open: formatPeriod(open), endsAt: at(endsAt), now: at(now), closeDue, ...paused } };
  });

  const close = command(noun, "close", "close the open month once it is over (anyone)", "period close");
  does(close, async ({ writer }) => {
    const consortium = await writer();
    const { open } = await readPeriod(consortium);
    const receipt = await sendClose(consortium);
    return sent(`${formatPeriod(open)} is closed.`, receipt, { closed: formatPeriod(open) });
  });
}
