import { BALLOT_LIMIT, type BallotSignature, type Signed } from "../../../core/ballot.ts";
import { isConsortiaError } from "../../../core/error.ts";
import type { FindingCode } from "../../codes.ts";
import type { Ground } from "../ground.ts";
import type { Signatures } from "../signatures.ts";
import { tellVoter, type Electorate } from "./electorate.ts";

/** A ballot, or a signature under a nomination, a petition or a recall. */
export interface Paper {
  readonly voter: number;
  readonly nonce: number;
  readonly backing: BallotSignature;
  readonly digest: Uint8Array;
}

/** Why a paper must not count. */
export type Misfit = readonly [code: FindingCode, why: string];

/** The papers of one log, and what the chain made of them. */
export interface Batch<P extends Paper> {
  readonly electorate: Electorate;
  /** The contract that took them. */
  readonly contract: string;
  readonly papers: readonly P[];
  /** Bit i tells whether the i-th counted. */
  readonly counted: bigint;
  /** What they are, such as "a ballot in election 3". */
  readonly what: string;
  /** Why one must not count, its signature apart. */
  misfit(paper: P): Misfit | undefined;
  /** Takes one that the chain counted. */
  take(paper: P): void;
}

/** Judges papers: what the chain counted must be good, and what is good it must have counted. */
export class Papers {
  readonly #ground: Ground;
  readonly #signatures: Signatures;

  constructor(ground: Ground, signatures: Signatures) {
    this.#ground = ground;
    this.#signatures = signatures;
  }

  /** Reads packed papers; undefined, with a finding, where they cannot be read. */
  read<S extends Signed, P extends { readonly digest: Uint8Array }>(
    bytes: Uint8Array,
    what: string,
    decode: (bytes: Uint8Array) => S[],
    complete: (signed: S) => P,
  ): (P & Paper)[] | undefined {
    try {
      const all = decode(bytes);
      if (all.length <= BALLOT_LIMIT) {
        return all.map((one) => ({
          ...complete(one),
          ...{ voter: one.voter, nonce: one.nonce, backing: one.signature },
        }));
      }
      const message = `${what} comes with ${all.length - 1} more, and one call carries ${BALLOT_LIMIT}.`;
      this.#ground.find("BallotsMalformed", message);
    } catch (error) {
      if (!isConsortiaError(error)) throw error;
      this.#ground.find("BallotsMalformed", `What was taken as ${what} cannot be read. ${error.message}`);
    }
    return undefined;
  }

  /** Compares what counted with what had to, and takes what counted. @returns how many did */
  judge<P extends Paper>(batch: Batch<P>): number {
    const { papers, counted, electorate, what } = batch;
    let number = 0;
    papers.forEach((paper, i) => {
      const counts = ((counted >> BigInt(i)) & 1n) === 1n;
      const misfit = batch.misfit(paper);
      const who = tellVoter(electorate.sort, paper.voter);
      if (misfit === undefined) this.#sign(paper, counts, batch);
      else if (counts) {
        const [code, why] = misfit;
        this.#ground.find(code, `${what} of ${who} was counted, and ${why}.`, { found: who });
      }
      if (!counts) return;
      number += 1;
      batch.take(paper);
    });
    if (counted >> BigInt(papers.length) !== 0n) {
      const message = `More is said to be counted as ${what} than there was.`;
      this.#ground.find("BallotsMalformed", message, {
        expected: String(papers.length),
        found: counted.toString(2),
      });
    }
    return number;
  }

  /** Has the signature under a paper judged that nothing else keeps from counting. */
  #sign<P extends Paper>(paper: P, counts: boolean, { electorate, contract, what }: Batch<P>): void {
    const { position } = this.#ground;
    const place = { ...this.#ground.place };
    const { voter, nonce, backing, digest } = paper;
    // A contract that approves now may have refused then: what it left out is its own affair.
    if (!counts && backing.kind === "contract") return;
    const who = tellVoter(electorate.sort, voter);
    this.#signatures.ask(digest, backing, {
      ...{ place, contract, counts, details: { found: who } },
      what: () => `${what} of ${who}`,
      entitled: (signer) => {
        const standing = electorate.mayVoteAt(voter, signer, position);
        return standing.may && standing.nonce === nonce;
      },
      judged: (signer, valid) => {
        if (valid === counts) return;
        const by = signer ?? "nobody";
        const [code, message] = counts
          ? ([
              "BallotForged",
              `${what} of ${who} was counted, and ${by} signed it, whose key it is not.`,
            ] as const)
          : (["BallotLeftOut", `${what} of ${who} is good, signed by ${by}, and was not counted.`] as const);
        this.#signatures.findings.add(code, message, { ...place, found: by });
      },
    });
  }
}
