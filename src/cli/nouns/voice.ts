import type { Command } from "commander";
import { sendVoiceSyncAll, readVoice, readVoiceTotal } from "../../sdk/voice.ts";
import { voice } from "../houses/format.ts";
import { command, does } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { sent } from "./member.ts";

export function addVoice(program: Command): void {
  const noun = program
    .command("voice")
    .description("what members' words weigh in the assembly, in members without standing");

  const show = command(
    noun,
    "show",
    "what a member's word weighs, as last synced",
    "voice show DE-1",
  ).argument("<member>", "number or ISIL");
  does(show, async ({ reader }, name: string) => {
    const { consortium } = await reader();
    const found = await readVoice(consortium, await memberNamed(consortium, name));
    const total = voice(await readVoiceTotal(consortium));
    const { member, units, due, suspensionConfirmed } = found;
    return { data: { member, voice: voice(units), synced: voice(due), suspensionConfirmed, total } };
  });

  const sync = command(
    noun,
    "sync",
    "bring members' voice up to their standing and membership (anyone)",
    "voice sync DE-1 DE-7",
  ).argument("<members...>", "numbers or ISILs");
  does(sync, async ({ writer }, names: string[]) => {
    const consortium = await writer();
    const members = await Promise.all(names.map((name) => memberNamed(consortium, name)));
    const receipt = await sendVoiceSyncAll(consortium, members);
    const now = await Promise.all(members.map((member) => readVoice(consortium, member)));
    const voices = now.map(({ member, units }) => ({ member, voice: voice(units) }));
    return sent(`Members synced: ${members.length}.`, receipt, { voices });
  });
}
