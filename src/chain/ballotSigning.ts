import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { TypedDataEncoder } from "ethers";
import { CHAMBER_TYPES, ELECTION_TYPES, SUPPORTS } from "../core/ballot.ts";
import type { Candidacy, Holding, Support } from "../core/ballot.ts";
import { hash } from "../core/ids.ts";
import type { DelegateId, Hash, Voter } from "../core/ids.ts";
import type { Signature } from "../core/statement.ts";
import type { Deployment } from "./contracts.ts";
import { compact } from "./signing.ts";

/** A body whose seats are filled by elections. */
export type Body = "council" | "board";
/** A house that decides by vote. */
export type House = Body | "assembly";

/** EIP-712 names of elections and chambers; those of deploy/modules/Governance.ts. */
const ELECTIONS = { council: "Consortia Council Elections", board: "Consortia Board Elections" } as const;
const CHAMBERS = {
  council: "Consortia Council",
  board: "Consortia Board",
  assembly: "Consortia Assembly",
} as const;

/** EIP-712 domain of what is signed for a body's elections. */
export function electionDomain({ chainId, governance }: Deployment, body: Body): TypedDataDomain {
  const verifyingContract = governance[`${body}Elections`];
  return { name: ELECTIONS[body], version: "1", chainId, verifyingContract };
}

/** EIP-712 domain of what is signed for a chamber. */
export function chamberDomain({ chainId, governance }: Deployment, house: House): TypedDataDomain {
  return { name: CHAMBERS[house], version: "1", chainId, verifyingContract: governance[house] };
}

/** Something to be signed: its domain, types and value. */
export interface Paper {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly value: Record<string, unknown>;
}

/** A voter with the nonce that its key's signatures must bear. */
interface Signatory {
  readonly voter: Voter;
  readonly nonce: number;
}

/** A ballot of an election. */
export function approvalPaper(
  at: Deployment,
  body: Body,
  value: Signatory & { readonly election: number; readonly candidates: readonly number[] },
): Paper {
  const { election, voter, candidates, nonce } = value;
  return {
    domain: electionDomain(at, body),
    types: ELECTION_TYPES.ballot,
    value: { election, voter, candidates: [...candidates], nonce },
  };
}

/** A voter's support of a candidate. */
export function supportPaper(
  at: Deployment,
  body: Body,
  {
    election,
    delegate,
    voter,
    nonce,
  }: Signatory & { readonly election: number; readonly delegate: DelegateId },
): Paper {
  const value = { election, delegate, voter, nonce };
  return { domain: electionDomain(at, body), types: ELECTION_TYPES.support, value };
}

/** A candidate's consent. */
export function consentPaper(
  at: Deployment,
  body: Body,
  { election, delegate, statement, nonce }: Candidacy & { readonly nonce: number },
): Paper {
  const value = { election, delegate, statement, nonce };
  return { domain: electionDomain(at, body), types: ELECTION_TYPES.consent, value };
}

/** A signature of a petition that ends a seat's term. */
export function recallPaper(
  at: Deployment,
  body: Body,
  { constituency, seat, delegate, since, voter, nonce }: Holding & Signatory,
): Paper {
  const value = { constituency, seat, delegate, since, voter, nonce };
  return { domain: electionDomain(at, body), types: ELECTION_TYPES.recall, value };
}

/** A ballot on a proposal. */
export function votePaper(
  at: Deployment,
  house: House,
  { proposal, voter, support, nonce }: Signatory & { readonly proposal: bigint; readonly support: Support },
): Paper {
  const value = { proposalId: proposal, voter, support: SUPPORTS[support], nonce };
  return { domain: chamberDomain(at, house), types: CHAMBER_TYPES.ballot, value };
}

/** A signature of a petition for a proposal. */
export function petitionPaper(
  at: Deployment,
  house: House,
  { proposal, voter, nonce }: Signatory & { readonly proposal: bigint },
): Paper {
  const value = { proposalId: proposal, voter, nonce };
  return { domain: chamberDomain(at, house), types: CHAMBER_TYPES.petition, value };
}

/** EIP-712 digest of a paper: what is signed. */
export function paperDigest({ domain, types, value }: Paper): Hash {
  return hash(TypedDataEncoder.hash(domain, types, value));
}

/** Signs a paper with a key pair. */
export async function signPaper(signer: Signer, { domain, types, value }: Paper): Promise<Signature> {
  return compact(await signer.signTypedData(domain, types, value));
}
