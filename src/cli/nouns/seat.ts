import type { Command } from "commander";
import type { Body } from "../../chain/ballotSigning.ts";
import { ConsortiaError } from "../../core/error.ts";
import { signRecall } from "../../sdk/ballots.ts";
import { readConstituencies } from "../../sdk/governanceLog.ts";
import { electionsOf } from "../../sdk/elections.ts";
import { electorsOf } from "../../sdk/rolls.ts";
import { holdingOf, listSeats, readSeat, sendResignation, type Seat, type SeatOf } from "../../sdk/seats.ts";
import { read } from "../../sdk/verb.ts";
import { time } from "../houses/format.ts";
import { SEAT, seat, seatName, VOTER, voterNamed, withBody } from "../houses/named.ts";
import { keySignature, RECALLS, writePaper } from "../houses/papers.ts";
import { postedTitle, postFolder } from "../houses/posting.ts";
import { command, does, whole } from "../shell/command.ts";
import { sent } from "./member.ts";

type Place = Omit<SeatOf, "body">;
interface BodyOptions {
  readonly body: Body;
}

export function addSeat(program: Command): void {
  const noun = program.command("seat").description("who sits in the council and in the board");

  const list = withBody(command(noun, "list", "every seat of a body", "seat list --body board")).option(
    "--constituency <number>",
    "only its seats",
    whole(),
  );
  does(list, async ({ reader }, options: BodyOptions & { constituency?: number }) => {
    const { consortium } = await reader();
    const { body, constituency } = options;
    const groups = constituency === undefined ? await readConstituencies(consortium, body) : [constituency];
    const all = await Promise.all(groups.map((one) => listSeats(consortium, { body, constituency: one })));
    return { data: { body, seats: all.flat().map(rowOf) } };
  });

  const resign = withBody(
    command(noun, "resign", "give a seat up (its holder's key)", "seat resign 2-0 --keystore keys/anna.json"),
  ).argument("<seat>", SEAT, seat);
  does(resign, async ({ writer }, place: Place, { body }: BodyOptions) => {
    const receipt = await sendResignation(await writer(), { body, ...place });
    const title = `Seat ${seatName(place)} of the ${body} is vacant. Anyone can open an election.`;
    return sent(title, receipt, { body, seat: seatName(place) });
  });

  addRecall(noun);
}

function addRecall(noun: Command): void {
  const recall = noun.command("recall").description("petitions that end a seat's term");
  const sign = withBody(
    command(
      recall,
      "sign",
      "sign that a seat's term shall end, into a file; nothing is sent (a voting key)",
      "seat recall sign 2-0 --voter DE-1 --keystore keys/de-1.json",
    ),
  )
    .argument("<seat>", SEAT, seat)
    .requiredOption("--voter <voter>", VOTER)
    .option("--recalls <folder>", "where such files are kept", RECALLS);
  does(sign, async ({ writer }, place: Place, options: BodyOptions & { voter: string; recalls: string }) => {
    const consortium = await writer();
    const { body, recalls } = options;
    const holding = holdingOf(await readSeat(consortium, { body, ...place }));
    if (holding === undefined) {
      const message = `Seat ${seatName(place)} of the ${body} is vacant: there is nobody to recall.`;
      throw new ConsortiaError("SeatVacant", message, { values: { body, ...place } });
    }
    const voter = await voterNamed(consortium, electorsOf(body), options.voter);
    const about = { body, ...holding, voter };
    const signed = await signRecall(consortium, consortium.signer!, about);
    const own = { ...signed, signature: keySignature(signed.signature) };
    const file = await writePaper(consortium.deployment, recalls, { kind: "recall", ...about, ...own });
    const data = { body, seat: seatName(place), delegate: holding.delegate, voter, file };
    return { data, title: "Signed. Post it, or hand it to whoever posts." };
  });

  const post = command(
    recall,
    "post",
    "post a folder of such signatures, and say which counted (anyone)",
    "seat recall post .consortia/recalls",
  ).argument("[folder]", "the folder with the signed files", RECALLS);
  does(post, async ({ writer, progress }, folder: string) => {
    const consortium = await writer();
    const posted = await postFolder(consortium, folder, ["recall"], progress("Posting"));
    const { rows: signatures, counted, others, transactions } = posted;
    const petitions = await Promise.all(
      posted.seats.map(async (one) => {
        const petition = await read(electionsOf(consortium, one.body).recallOf(one.constituency, one.seat));
        const [found, needed] = [Number(petition.signatures), Number(petition.needed)];
        return { body: one.body, seat: seatName(one), signatures: found, needed, termEnds: found >= needed };
      }),
    );
    const data = { counted, didNotCount: others, petitions, signatures, transactions };
    return { data, title: postedTitle(posted), failed: others > 0 };
  });
}

function rowOf({
  constituency,
  seat: place,
  delegate,
  since,
  until,
  founding,
}: Seat): Record<string, unknown> {
  const held = delegate === undefined ? null : { since: time(since), until: time(until) };
  return {
    ...{ seat: seatName({ constituency, seat: place }), delegate: delegate ?? null },
    ...{ since: held?.since ?? null, until: held?.until ?? null, founding },
  };
}
