import { InvalidArgumentError, type Command } from "commander";
import type { Body, House } from "../../chain/ballotSigning.ts";
import { SUPPORTS, type Support } from "../../core/ballot.ts";
import { ConsortiaError } from "../../core/error.ts";
import { signApproval, signVote } from "../../sdk/ballots.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { electorsOf, votersOf } from "../../sdk/rolls.ts";
import { sendBallotVoid } from "../../sdk/voice.ts";
import { house, proposalNamed, VOTER, voterNamed, withBody } from "../houses/named.ts";
import { BALLOTS, keySignature, voterNameOf, writePaper, type PaperOf } from "../houses/papers.ts";
import { postedTitle, postFolder } from "../houses/posting.ts";
import { command, does, reading, whole } from "../shell/command.ts";
import { oneOf } from "../terms/named.ts";
import { onMember } from "./member.ts";

const support: (text: string) => Support = reading(oneOf(Object.keys(SUPPORTS) as Support[]));

interface SignOptions {
  readonly voter: string;
  readonly ballots: string;
  readonly election?: number;
  readonly body: Body;
  readonly approve?: readonly number[];
  readonly proposal?: string;
  readonly house?: House;
  readonly support?: Support;
}

export function addBallot(program: Command): void {
  const noun = program
    .command("ballot")
    .description("votes: signed into files by whoever votes, posted in batches by anyone");

  const sign = withBody(
    command(
      noun,
      "sign",
      "sign a ballot into a file; nothing is sent (a voting key)",
      "ballot sign --election 1 --approve 0,2 --voter DE-1 --keystore keys/de-1.json",
    ),
  )
    .requiredOption("--voter <voter>", VOTER)
    .option("--election <number>", "the election, with --approve", whole(1))
    .option(
      "--approve <candidates>",
      'all that you approve of, by place, as "election show" has them',
      places,
    )
    .option("--proposal <number>", "the proposal, with --support", digits)
    .option("--support <word>", "for, against or abstain", support)
    .option("--house <house>", "where two houses have the same proposal", house)
    .option("--ballots <folder>", "where ballots are kept", BALLOTS);
  does(sign, async ({ writer }, options: SignOptions) => {
    const consortium = await writer();
    const paper =
      options.proposal === undefined ? await approval(consortium, options) : await vote(consortium, options);
    const file = await writePaper(consortium.deployment, options.ballots, paper);
    return {
      data: { ...factsOf(paper), voter: voterNameOf(paper), file },
      title: "Signed. Post it, or hand it to whoever posts.",
    };
  });

  const post = command(
    noun,
    "post",
    "post a folder of signed ballots, and say which counted (anyone)",
    "ballot post .consortia/ballots",
  ).argument("[folder]", "the folder with the signed files", BALLOTS);
  does(post, async ({ writer, progress }, folder: string) => {
    const posted = await postFolder(await writer(), folder, ["approval", "vote"], progress("Posting"));
    const { rows: ballots, counted, others, transactions } = posted;
    return {
      data: { counted, didNotCount: others, ballots, transactions },
      title: postedTitle(posted),
      failed: others > 0,
    };
  });

  const voids = command(
    noun,
    "void",
    "make void what this key signed for a member and nobody posted yet (a voting key)",
    "ballot void DE-1 --keystore keys/de-1.json",
  ).argument("<member>", 'number or ISIL; delegates use "delegate void"');
  does(voids, (context, name: string) =>
    onMember(context, name, "has made void what this key signed so far", sendBallotVoid),
  );
}

/** What a ballot says, for whoever signs it. */
function factsOf(paper: PaperOf<"approval" | "vote">): Record<string, unknown> {
  if (paper.kind === "vote") {
    return { house: paper.house, proposal: String(paper.proposal), support: paper.support };
  }
  return { body: paper.body, election: paper.election, approves: paper.candidates };
}

/** @throws `BallotIncomplete`, `VotingKeyMissing` */
async function approval(
  consortium: Consortium,
  { election, approve, body, voter: name }: SignOptions,
): Promise<PaperOf<"approval">> {
  if (election === undefined || approve === undefined) {
    const message = "Name an --election and whom you --approve, or a --proposal and what you --support.";
    throw new ConsortiaError("BallotIncomplete", message);
  }
  const voter = await voterNamed(consortium, electorsOf(body), name);
  const about = { body, election, voter, candidates: approve };
  const signed = await signApproval(consortium, consortium.signer!, about);
  return { kind: "approval", ...about, ...signed, signature: keySignature(signed.signature) };
}

/** @throws `BallotIncomplete`, `ProposalUnknown`, `VotingKeyMissing` */
async function vote(consortium: Consortium, options: SignOptions): Promise<PaperOf<"vote">> {
  if (options.support === undefined) {
    const words = Object.keys(SUPPORTS).join(", ");
    throw new ConsortiaError("BallotIncomplete", `Say what you --support: ${words}.`);
  }
  const put = await proposalNamed(consortium, options.proposal ?? "", options.house);
  const voter = await voterNamed(consortium, votersOf(put.house), options.voter);
  const about = { house: put.house, proposal: put.proposal, voter, support: options.support };
  const signed = await signVote(consortium, consortium.signer!, about);
  return { kind: "vote", ...about, ...signed, signature: keySignature(signed.signature) };
}

function places(text: string): number[] {
  const list = text.split(",").map((word) => whole()(word.trim()));
  return [...new Set(list)].sort((a, b) => a - b);
}

/** A number that is too long for a number. */
function digits(text: string): string {
  if (/^\d{5,78}$/.test(text)) return text;
  throw new InvalidArgumentError("A proposal's number is needed, or its first five digits.");
}
