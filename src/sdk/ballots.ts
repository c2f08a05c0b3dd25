import type { Signer } from "ethers";
import {
  approvalPaper,
  consentPaper,
  petitionPaper,
  recallPaper,
  signPaper,
  supportPaper,
  votePaper,
} from "../chain/ballotSigning.ts";
import type { Body, House, Paper } from "../chain/ballotSigning.ts";
import type {
  ApprovalBallot,
  Candidacy,
  Consent,
  Holding,
  ProposalBallot,
  Signed,
  Support,
} from "../core/ballot.ts";
import { ConsortiaError } from "../core/error.ts";
import type { DelegateId, Voter } from "../core/ids.ts";
import type { Consortium } from "./consortium.ts";
import { read } from "./verb.ts";

/** Whether a key may vote for a voter, and the nonce that its ballots must bear. */
export interface VotingKey {
  readonly may: boolean;
  readonly nonce: number;
}

/** Whoever elects a body: members the Council, and the Council the Board. */
export async function readElectorKey(
  { contracts: { governance } }: Consortium,
  body: Body,
  voter: Voter,
  key: string,
): Promise<VotingKey> {
  const electorate = body === "council" ? governance.voice : governance.councilSeats;
  return keyIn(await read(electorate.mayVote(voter, key)));
}

/** Whoever decides in a chamber: members in the Assembly, delegates in the others. */
export async function readVoterKey(
  { contracts: { governance } }: Consortium,
  house: House,
  voter: Voter,
  key: string,
): Promise<VotingKey> {
  const electorate = house === "assembly" ? governance.voice : governance.delegates;
  return keyIn(await read(electorate.mayVote(voter, key)));
}

/** Signs a ballot of an election. @throws `VotingKeyMissing` */
export async function signApproval(
  consortium: Consortium,
  signer: Signer,
  ballot: { body: Body; election: number; voter: Voter; candidates: readonly number[] },
): Promise<ApprovalBallot> {
  const { body, election, voter } = ballot;
  const candidates = [...ballot.candidates].sort((a, b) => a - b);
  const nonce = await electorNonce(consortium, body, voter, signer);
  const paper = approvalPaper(consortium.deployment, body, { election, voter, candidates, nonce });
  return { voter, nonce, candidates, signature: await signPaper(signer, paper) };
}

/** Signs a support of a candidate. @throws `VotingKeyMissing` */
export async function signSupport(
  consortium: Consortium,
  signer: Signer,
  support: { body: Body; election: number; delegate: DelegateId; voter: Voter },
): Promise<Signed> {
  return signAsElector(consortium, signer, support, (nonce) =>
    supportPaper(consortium.deployment, support.body, { ...support, nonce }),
  );
}

/** Signs a recall of whoever holds a seat. @throws `VotingKeyMissing` */
export async function signRecall(
  consortium: Consortium,
  signer: Signer,
  recall: Holding & { body: Body; voter: Voter },
): Promise<Signed> {
  return signAsElector(consortium, signer, recall, (nonce) =>
    recallPaper(consortium.deployment, recall.body, { ...recall, nonce }),
  );
}

/** Signs a candidate's consent, with the delegate's key. @throws `VotingKeyMissing` */
export async function signConsent(
  consortium: Consortium,
  signer: Signer,
  candidacy: Candidacy & { body: Body },
): Promise<Consent> {
  const { delegate, body } = candidacy;
  const key = await signer.getAddress();
  const nonce = nonceOf(await readVoterKey(consortium, body, delegate, key), delegate, key);
  const paper = consentPaper(consortium.deployment, body, { ...candidacy, nonce });
  return { nonce, signature: await signPaper(signer, paper) };
}

/** Signs a ballot on a proposal. @throws `VotingKeyMissing` */
export async function signVote(
  consortium: Consortium,
  signer: Signer,
  ballot: { house: House; proposal: bigint; voter: Voter; support: Support },
): Promise<ProposalBallot & { readonly support: Support }> {
  const { support } = ballot;
  const signed = await signInHouse(consortium, signer, ballot, (nonce) =>
    votePaper(consortium.deployment, ballot.house, { ...ballot, nonce }),
  );
  return { ...signed, support };
}

/** Signs a petition for a proposal. @throws `VotingKeyMissing` */
export async function signPetition(
  consortium: Consortium,
  signer: Signer,
  petition: { house: House; proposal: bigint; voter: Voter },
): Promise<Signed> {
  return signInHouse(consortium, signer, petition, (nonce) =>
    petitionPaper(consortium.deployment, petition.house, { ...petition, nonce }),
  );
}

async function signAsElector(
  consortium: Consortium,
  signer: Signer,
  { body, voter }: { body: Body; voter: Voter },
  paper: (nonce: number) => Paper,
): Promise<Signed> {
  const nonce = await electorNonce(consortium, body, voter, signer);
  return { voter, nonce, signature: await signPaper(signer, paper(nonce)) };
}

async function signInHouse(
  consortium: Consortium,
  signer: Signer,
  { house, voter }: { house: House; voter: Voter },
  paper: (nonce: number) => Paper,
): Promise<Signed> {
  const key = await signer.getAddress();
  const nonce = nonceOf(await readVoterKey(consortium, house, voter, key), voter, key);
  return { voter, nonce, signature: await signPaper(signer, paper(nonce)) };
}

async function electorNonce(
  consortium: Consortium,
  body: Body,
  voter: Voter,
  signer: Signer,
): Promise<number> {
  const key = await signer.getAddress();
  return nonceOf(await readElectorKey(consortium, body, voter, key), voter, key);
}

function nonceOf({ may, nonce }: VotingKey, voter: Voter, key: string): number {
  if (may) return nonce;
  throw new ConsortiaError(
    "VotingKeyMissing",
    `${key} does not vote for voter ${voter}. Sign with its own key, or have the right to vote granted.`,
    { values: { voter, key } },
  );
}

function keyIn([may, nonce]: [boolean, bigint]): VotingKey {
  return { may, nonce: Number(nonce) };
}
