import type { Command } from "commander";
import { delegateId, type DelegateId } from "../../core/ids.ts";
import { readDelegate, sendDelegateRotation, sendDelegateVoid, sendEnrolment } from "../../sdk/delegates.ts";
import { findSeat } from "../../sdk/seats.ts";
import { time } from "../houses/format.ts";
import { seatName } from "../houses/named.ts";
import { command, does, reading } from "../shell/command.ts";
import { addressOf } from "../terms/named.ts";
import { sent } from "./member.ts";

const SOMEONE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const delegate: (text: string) => DelegateId = reading((text) => delegateId(Number(text)));
const address: (text: string) => string = reading(addressOf);

export function addDelegate(program: Command): void {
  const noun = program
    .command("delegate")
    .description("people who can be elected; they are numbers with a key");

  const enrol = command(
    noun,
    "enrol",
    "get a number, behind which stands a key (anyone; it gives no right by itself)",
    "delegate enrol --keystore keys/anna.json",
  ).option("--key <address>", "the person's key; the one that signs by default", address);
  does(enrol, async ({ writer }, options: { key?: string }) => {
    const consortium = await writer();
    const key = options.key ?? (await consortium.signer?.getAddress()) ?? "";
    const { delegate: number, receipt } = await sendEnrolment(consortium, { key });
    return sent(`${key} is delegate ${number}.`, receipt, { delegate: number, key });
  });

  const rotate = command(
    noun,
    "rotate",
    "hand a delegate over to a new key; what the old one signed and nobody posted is void (its key)",
    `delegate rotate 7 ${SOMEONE} --keystore keys/anna.json`,
  )
    .argument("<delegate>", "the number", delegate)
    .argument("<address>", "the new key", address);
  does(rotate, async ({ writer }, number: DelegateId, key: string) => {
    const receipt = await sendDelegateRotation(await writer(), { delegate: number, key });
    return sent(`Delegate ${number} speaks through ${key} from now on.`, receipt, { delegate: number, key });
  });

  const voids = command(
    noun,
    "void",
    "make void what a delegate signed and nobody posted yet (its key)",
    "delegate void 7 --keystore keys/anna.json",
  ).argument("<delegate>", "the number", delegate);
  does(voids, async ({ writer }, number: DelegateId) => {
    const consortium = await writer();
    const receipt = await sendDelegateVoid(consortium, number);
    const { nonce } = await readDelegate(consortium, number);
    return sent(`What delegate ${number} has signed so far is void.`, receipt, { delegate: number, nonce });
  });

  const show = command(noun, "show", "a delegate's key, and where it sits", "delegate show 7").argument(
    "<delegate>",
    "the number",
    delegate,
  );
  does(show, async ({ reader }, number: DelegateId) => {
    const { consortium } = await reader();
    const { key, since, nonce } = await readDelegate(consortium, number);
    const [council, board] = await Promise.all([
      findSeat(consortium, "council", number),
      findSeat(consortium, "board", number),
    ]);
    const sits = {
      council: council === undefined ? null : seatName(council),
      board: board === undefined ? null : seatName(board),
    };
    return { data: { delegate: number, key, since: time(since), nonce, ...sits } };
  });
}
