import type { Command } from "commander";
import {
  parseRights,
  readKey,
  sendKey,
  sendRekey,
  sendRekeyAnnouncement,
  sendRekeyCancellation,
  sendRotation,
  type Right,
} from "../../sdk/keys.ts";
import { command, does, reading } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { createKeystore } from "../shell/keystore.ts";
import { onMember } from "./member.ts";

const SOMEONE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

export function addKey(program: Command): void {
  const noun = program.command("key").description("keys that speak for a member, and their rights");

  const create = command(
    noun,
    "create",
    "make a key and keep it encrypted in a file",
    "key create keys/de-1.json",
  )
    .argument("<file>", "where to keep it")
    .option("--fast", "a light encryption, for tests and play only");
  does(create, async (_context, file: string, options: { fast?: boolean }) => {
    const address = await createKeystore(file, options.fast === true);
    return { data: { address, file }, title: "Keep the file and its password: nobody else has them." };
  });

  const grant = command(
    noun,
    "grant",
    "give another key rights (post, countersign, vote, cash, speak, read, or all)",
    `key grant DE-1 ${SOMEONE} post,countersign`,
  )
    .argument("<member>", "number or ISIL")
    .argument("<address>", "the key")
    .argument("<rights>", "separated by commas", reading(parseRights));
  does(grant, (context, name: string, key: string, rights: readonly Right[]) =>
    onMember(context, name, `trusts ${key} to ${rights.join(", ")}`, (consortium, member) =>
      sendKey(consortium, { member, key, rights }),
    ),
  );

  const revoke = command(noun, "revoke", "take every right from a key", `key revoke DE-1 ${SOMEONE}`)
    .argument("<member>", "number or ISIL")
    .argument("<address>", "the key");
  does(revoke, (context, name: string, key: string) =>
    onMember(context, name, `no longer trusts ${key}`, (consortium, member) =>
      sendKey(consortium, { member, key, rights: [] }),
    ),
  );

  const rotate = command(
    noun,
    "rotate",
    "hand all of this key's rights to a new one and revoke it",
    `key rotate DE-1 ${SOMEONE} --keystore keys/old.json`,
  )
    .argument("<member>", "number or ISIL")
    .argument("<address>", "the new key");
  does(rotate, (context, name: string, key: string) =>
    onMember(context, name, `speaks through ${key} from now on`, (consortium, member) =>
      sendRotation(consortium, { member, key }),
    ),
  );

  const show = command(noun, "show", "what a key may do for a member", `key show DE-1 ${SOMEONE}`)
    .argument("<member>", "number or ISIL")
    .argument("<address>", "the key");
  does(show, async ({ reader }, name: string, address: string) => {
    const { consortium } = await reader();
    const { since, until, ...key } = await readKey(consortium, await memberNamed(consortium, name), address);
    return { data: { ...key, since: timeOf(since), until: timeOf(until) } };
  });

  addRekey(noun);
}

function addRekey(noun: Command): void {
  const rekey = noun.command("rekey").description("a new key for a member that lost its own");
  const announce = command(
    rekey,
    "announce",
    "announce the new key, which waits 14 days (registrar)",
    `key rekey announce DE-1 ${SOMEONE}`,
  )
    .argument("<member>", "number or ISIL")
    .argument("<address>", "the new key");
  does(announce, (context, name: string, key: string) =>
    onMember(context, name, `is to speak through ${key}`, (consortium, member) =>
      sendRekeyAnnouncement(consortium, { member, key }),
    ),
  );
  const others = [
    ["cancel", "object to it (any living key of the member)", "keeps its keys", sendRekeyCancellation],
    ["apply", "carry it out (anyone)", "has its new key", sendRekey],
  ] as const;
  for (const [word, summary, outcome, act] of others) {
    const one = command(rekey, word, summary, `key rekey ${word} DE-1`).argument(
      "<member>",
      "number or ISIL",
    );
    does(one, (context, name: string) => onMember(context, name, outcome, act));
  }
}

function timeOf(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString();
}
