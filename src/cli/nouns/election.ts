import type { Command } from "commander";
import { id } from "ethers";
import type { Body } from "../../chain/ballotSigning.ts";
import { delegateId, hash, type DelegateId } from "../../core/ids.ts";
import { signConsent, signSupport } from "../../sdk/ballots.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import * as elections from "../../sdk/elections.ts";
import type { Election } from "../../sdk/elections.ts";
import { readConstituencies } from "../../sdk/governanceLog.ts";
import { electorsOf } from "../../sdk/rolls.ts";
import { listSeats } from "../../sdk/seats.ts";
import { read } from "../../sdk/verb.ts";
import { time } from "../houses/format.ts";
import { VOTER, voterNamed, withBody } from "../houses/named.ts";
import { gatherNomination } from "../houses/nominations.ts";
import { keySignature, SUPPORTS_FOLDER, voterNameOf, writePaper } from "../houses/papers.ts";
import { command, does, reading, whole } from "../shell/command.ts";
import { readWords } from "../shell/files.ts";
import { sent } from "./member.ts";

interface BodyOptions {
  readonly body: Body;
}
interface FolderOptions extends BodyOptions {
  readonly supports: string;
}

const delegate: (text: string) => DelegateId = reading((text) => delegateId(Number(text)));

export function addElection(program: Command): void {
  const noun = program
    .command("election")
    .description("who is elected to the council and to the board: open, nominate, count");

  const open = withBody(
    command(
      noun,
      "open",
      "open an election for all seats of a constituency that are due (anyone)",
      "election open 2",
    ),
  ).argument("<constituency>", "its number; the board's is 0", whole());
  does(open, async ({ writer }, constituency: number, { body }: BodyOptions) => {
    const consortium = await writer();
    const { election, receipt } = await elections.sendOpening(consortium, { body, constituency });
    const { seats, nominateUntil, ballotUntil, support } = await elections.readElection(consortium, {
      body,
      election,
    });
    const title = `Election ${election} to the ${body} is open: candidates until ${time(nominateUntil)}, ballots until ${time(ballotUntil)}.`;
    return sent(title, receipt, { election, body, constituency, seats, supportsNeeded: support });
  });

  const list = withBody(
    command(noun, "list", "constituencies and every election", "election list --body board"),
  );
  does(list, async ({ reader }, { body }: BodyOptions) => {
    const { consortium } = await reader();
    const last = Number(await read(elections.electionsOf(consortium, body).lastElection()));
    const numbers = Array.from({ length: last }, (_, index) => index + 1);
    const all = await Promise.all(
      numbers.map((election) => elections.readElection(consortium, { body, election })),
    );
    return {
      data: { body, constituencies: await constituencies(consortium, body), elections: all.map(rowOf) },
    };
  });

  const show = withBody(
    command(noun, "show", "one election with its candidates", "election show 1"),
  ).argument("<election>", "its number", whole(1));
  does(show, async ({ reader }, election: number, { body }: BodyOptions) => {
    const { consortium } = await reader();
    const { candidates, ...one } = await elections.readElection(consortium, { body, election });
    return { data: { ...rowOf({ candidates, ...one }), candidates: candidates.map((row) => ({ ...row })) } };
  });

  addPapers(noun);
  addNominate(noun);

  const count = withBody(
    command(noun, "count", "end an election and seat who won (anyone)", "election count 1"),
  ).argument("<election>", "its number", whole(1));
  does(count, async ({ writer }, election: number, { body }: BodyOptions) => {
    const consortium = await writer();
    const receipt = await elections.sendCount(consortium, { body, election });
    const one = await elections.readElection(consortium, { body, election });
    const seats = await listSeats(consortium, one);
    const missed = one.ballots < one.quorum;
    const title = missed
      ? `Election ${election} missed its quorum: ${one.ballots} ballots of ${one.quorum}. Who sits stays; it can be repeated in 30 days.`
      : `Election ${election} is counted.`;
    const filled = seats.filter(({ seat }) => one.seats.includes(seat));
    const seated = filled.map((seat) => ({ seat: seat.seat, delegate: seat.delegate ?? null }));
    return sent(title, receipt, { election, body, quorumReached: !missed, ballots: one.ballots, seated });
  });
}

/** What is signed before a nomination: supports by voters, the candidate's consent. */
function addPapers(noun: Command): void {
  const folder = (one: Command) =>
    withBody(one).option("--supports <folder>", "where it is kept", SUPPORTS_FOLDER);
  const support = folder(
    command(
      noun,
      "support",
      "sign that a delegate should stand; nothing is sent (a voting key)",
      "election support 1 7 --voter DE-1 --keystore keys/de-1.json",
    ),
  )
    .argument("<election>", "its number", whole(1))
    .argument("<delegate>", "the candidate's number", delegate)
    .requiredOption("--voter <voter>", VOTER);
  does(
    support,
    async (
      { writer },
      election: number,
      candidate: DelegateId,
      options: FolderOptions & { voter: string },
    ) => {
      const consortium = await writer();
      const { body, supports } = options;
      const voter = await voterNamed(consortium, electorsOf(body), options.voter);
      const about = { body, election, delegate: candidate, voter };
      const signed = await signSupport(consortium, consortium.signer!, about);
      const paper = {
        kind: "support",
        ...about,
        ...signed,
        signature: keySignature(signed.signature),
      } as const;
      const file = await writePaper(consortium.deployment, supports, paper);
      return { data: { ...about, file }, title: "Signed. Hand the file to the candidate." };
    },
  );

  const consent = folder(
    command(
      noun,
      "consent",
      "sign that you stand, with a statement of your own; nothing is sent (the delegate's key)",
      "election consent 1 7 --statement statement.md --keystore keys/anna.json",
    ),
  )
    .argument("<election>", "its number", whole(1))
    .argument("<delegate>", "your number", delegate)
    .requiredOption("--statement <file>", "what you say of yourself; its hash is put on the chain");
  does(
    consent,
    async (
      { writer },
      election: number,
      candidate: DelegateId,
      options: FolderOptions & { statement: string },
    ) => {
      const consortium = await writer();
      const { body, supports } = options;
      const statement = hash(id(await readWords(options.statement)));
      const about = { body, election, delegate: candidate, statement };
      const signed = await signConsent(consortium, consortium.signer!, about);
      const own = { voter: candidate, ...signed, signature: keySignature(signed.signature) };
      const file = await writePaper(consortium.deployment, supports, { kind: "consent", ...about, ...own });
      return { data: { ...about, file }, title: "Signed. Nominate with it once enough voters support you." };
    },
  );
}

function addNominate(noun: Command): void {
  const nominate = withBody(
    command(
      noun,
      "nominate",
      "put a delegate on the ballot with its consent and its supports (anyone)",
      "election nominate 1 7 --supports .consortia/supports",
    ),
  )
    .argument("<election>", "its number", whole(1))
    .argument("<delegate>", "the candidate's number", delegate)
    .option("--supports <folder>", "the folder with the signed files", SUPPORTS_FOLDER);
  does(
    nominate,
    async ({ writer }, election: number, candidate: DelegateId, { body, supports }: FolderOptions) => {
      const consortium = await writer();
      const gathered = await gatherNomination(consortium, supports, { body, election, delegate: candidate });
      const {
        candidate: place,
        counted,
        receipt,
      } = await elections.sendNomination(consortium, gathered.nomination);
      const rows = [
        ...gathered.supports.map(({ file, paper }) => {
          const taken = counted.includes(paper);
          const why = taken ? null : "its voter is not on the roll, or supports another candidate";
          return { file, voter: voterNameOf(paper), counted: taken, why };
        }),
        ...gathered.flawed.map(({ file, paper, why }) => {
          return { file, voter: paper === undefined ? null : voterNameOf(paper), counted: false, why };
        }),
      ];
      const title = `Delegate ${candidate} is candidate ${place} of election ${election}.`;
      return sent(title, receipt, { election, body, candidate: place, delegate: candidate, supports: rows });
    },
  );
}

function rowOf(one: Election): Record<string, unknown> {
  const { election, constituency, stage, nominateUntil, ballotUntil, seats, candidates } = one;
  return {
    ...{ election, constituency, stage, nominateUntil: time(nominateUntil), ballotUntil: time(ballotUntil) },
    ...{ seats, candidates: candidates.length, supportsNeeded: one.support },
    ...{ electors: one.electors, quorum: one.quorum, ballots: one.ballots },
  };
}

async function constituencies(consortium: Consortium, body: Body): Promise<Record<string, unknown>[]> {
  const numbers = await readConstituencies(consortium, body);
  return Promise.all(
    numbers.map(async (constituency) => {
      const { seats, due, running, misses } = await elections.readConstituency(consortium, {
        body,
        constituency,
      });
      return { constituency, seats, due, running: running ?? null, quorumMissed: misses };
    }),
  );
}
