import { paperDigest } from "../../chain/ballotSigning.ts";
import { recoverSigner } from "../../chain/signing.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { readElectorKey, readVoterKey } from "../../sdk/ballots.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { hasVotedIn, readElection, type Election } from "../../sdk/elections.ts";
import { readProposal, type Proposal } from "../../sdk/proposals.ts";
import { hasVotedOn, isOnRoll, weightOf } from "../../sdk/rolls.ts";
import { holdingOf, readSeat, type Seat } from "../../sdk/seats.ts";
import { time } from "./format.ts";
import {
  paperSigned,
  readPaper,
  signatoryOf,
  type PaperFile,
  type PaperOf,
  type SignedPaper,
} from "./papers.ts";

/** A signed paper that was read from a file, and why it cannot count, where that is known before anybody asks the chain to. */
export interface Examined<Paper extends SignedPaper = SignedPaper> {
  readonly file: string;
  readonly paper: Paper;
}

/** What was left aside, with the reason. */
export interface Flawed {
  readonly file: string;
  readonly paper?: SignedPaper;
  readonly why: string;
}

/**
 * Reads files and parts those that are well signed from the others, each of which says why.
 * @param takes what counts here; of two papers of one voter on one matter the first does
 */
export async function partFiles<Paper extends SignedPaper>(
  consortium: Consortium,
  files: readonly string[],
  takes: (paper: SignedPaper) => Paper | string,
): Promise<{ readonly sound: readonly Examined<Paper>[]; readonly flawed: readonly Flawed[] }> {
  const [sound, flawed]: [Examined<Paper>[], Flawed[]] = [[], []];
  const seen = new Map<string, string>();
  for (const file of files) {
    let read: PaperFile;
    try {
      read = await readPaper(file);
    } catch (error) {
      if (!isConsortiaError(error)) throw error;
      flawed.push({ file, why: error.message });
      continue;
    }
    const paper = takes(read.paper);
    const why = typeof paper === "string" ? paper : await flawOf(consortium, read);
    const key = `${matterOf(read.paper)} ${read.paper.voter}`;
    const before = seen.get(key);
    if (typeof paper === "string" || why !== undefined)
      flawed.push({ file, paper: read.paper, why: why ?? "" });
    else if (before !== undefined) {
      flawed.push({
        file,
        paper,
        why: `${signatoryOf(paper)} ${paper.voter} signed ${before} too; that one counts`,
      });
    } else {
      seen.set(key, file);
      sound.push({ file, paper });
    }
  }
  return { sound, flawed };
}

/** What a paper is about, so that a voter's papers on one matter are told. */
export function matterOf(paper: SignedPaper): string {
  if ("proposal" in paper) return `${paper.kind} ${paper.house} ${paper.proposal}`;
  if (paper.kind === "recall") return `recall ${paper.body} ${paper.constituency} ${paper.seat}`;
  return `${paper.kind} ${paper.body} ${paper.election}`;
}

/** Why a paper counts for nobody, by its origin and its signature. */
async function flawOf(
  consortium: Consortium,
  { chainId, contract, paper }: PaperFile,
): Promise<string | undefined> {
  const { deployment } = consortium;
  const signed = paperSigned(deployment, paper);
  const here = String(signed.domain.verifyingContract).toLowerCase();
  if (chainId !== Number(deployment.chainId) || contract.toLowerCase() !== here) {
    return "it was signed for another consortium";
  }
  const who = `${signatoryOf(paper)} ${paper.voter}`;
  const key = recoverSigner(paperDigest(signed), paper.signature);
  const known = key === undefined ? undefined : await keyOf(consortium, paper, key);
  if (known?.may !== true) {
    return `no living key of ${who} that may vote signed this: the file was changed, or the key was revoked`;
  }
  if (known.nonce === paper.nonce) return undefined;
  return `${who} has made void what it signed before; it must sign again`;
}

function keyOf(consortium: Consortium, paper: SignedPaper, key: string) {
  if ("house" in paper) return readVoterKey(consortium, paper.house, paper.voter, key);
  if (paper.kind === "consent") return readVoterKey(consortium, paper.body, paper.voter, key);
  return readElectorKey(consortium, paper.body, paper.voter, key);
}

/** Looks into a matter once, and then at each paper on it: why it cannot count, or undefined. */
export type Eligibility<Paper> = (paper: Paper) => Promise<string | undefined>;

/** @throws `ElectionUnknown` */
export async function forElection(
  consortium: Consortium,
  paper: PaperOf<"approval">,
): Promise<Eligibility<PaperOf<"approval">>> {
  const election = await readElection(consortium, paper);
  const { body, constituency, openedAt, candidates } = election;
  const closed = closedElection(election);
  return async ({ voter, candidates: chosen }) => {
    if (closed !== undefined) return closed;
    const none = chosen.find((place) => place >= candidates.length);
    if (none !== undefined) return `there is no candidate ${none}, so the whole ballot is void`;
    if (await hasVotedIn(consortium, election, voter)) return "its voter's ballot was counted before";
    if (await isOnRoll(consortium, { body, constituency, voter, at: openedAt - 1 })) return undefined;
    return `its voter was not on the roll of constituency ${constituency} when the election was opened`;
  };
}

function closedElection({ election, stage, nominateUntil, ballotUntil }: Election): string | undefined {
  if (stage === "ballots") return undefined;
  if (stage === "nominations") return `election ${election} takes ballots after ${time(nominateUntil)}`;
  return `the time for ballots in election ${election} ended at ${time(ballotUntil)}`;
}

/** @throws `GovernorNonexistentProposal` */
export async function forProposal(
  consortium: Consortium,
  paper: PaperOf<"vote">,
): Promise<Eligibility<PaperOf<"vote">>> {
  const proposal = await readProposal(consortium, paper);
  const { house, snapshot } = proposal;
  const closed = closedProposal(proposal);
  return async ({ voter }) => {
    if (closed !== undefined) return closed;
    if (await hasVotedOn(consortium, proposal, voter)) return "its voter's ballot was counted before";
    if ((await weightOf(consortium, { house, voter, at: snapshot })) > 0n) return undefined;
    return `its voter had no vote in the ${house} when voting began`;
  };
}

function closedProposal({ state, snapshot, deadline }: Proposal): string | undefined {
  if (state === "active") return undefined;
  return state === "pending" ? `voting begins after ${time(snapshot)}` : `voting ended at ${time(deadline)}`;
}

/** Signatures are against one holding of one seat. */
export async function forRecall(
  consortium: Consortium,
  paper: PaperOf<"recall">,
): Promise<Eligibility<PaperOf<"recall">>> {
  const seat: Seat = await readSeat(consortium, paper);
  const holding = holdingOf(seat);
  return ({ delegate, since }) => {
    const same = holding?.delegate === delegate && holding.since === since;
    return Promise.resolve(same ? undefined : "it is against somebody who does not hold the seat now");
  };
}

/** @throws `PapersMissing` where a folder has nothing that could be posted at all */
export function requirePapers(folder: string, files: readonly string[], what: string): void {
  if (files.length > 0) return;
  const message = `${folder} holds no ${what}. Have them signed, or name another folder.`;
  throw new ConsortiaError("PapersMissing", message, { values: { folder } });
}
