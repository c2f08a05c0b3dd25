import { expect } from "chai";
import fc from "fast-check";
import {
  BALLOT_LIMIT,
  countedOf,
  decodeApprovals,
  decodeSignatories,
  decodeVotes,
  encodeApprovals,
  encodeConsent,
  encodeSignatories,
  encodeVotes,
} from "../../../src/core/ballot.ts";
import type {
  ApprovalBallot,
  BallotSignature,
  ProposalBallot,
  Signed,
  Support,
} from "../../../src/core/ballot.ts";
import { hash, memberId } from "../../../src/core/ids.ts";
import type { Voter } from "../../../src/core/ids.ts";
import { codeOf } from "../../support/records.ts";

const word = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `0x${Buffer.from(bytes).toString("hex")}`);
const signatures = fc.oneof<fc.Arbitrary<BallotSignature>[]>(
  fc.tuple(word, word).map(([r, vs]) => ({ kind: "key", r: hash(r), vs: hash(vs) })),
  fc
    .tuple(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.uint8Array({ maxLength: 90 }))
    .map(([signer, bytes]) => ({
      kind: "contract",
      signer: `0x${Buffer.from(signer).toString("hex")}`,
      bytes,
    })),
  fc.constant<BallotSignature>({ kind: "caller" }),
);
const numbers = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const signed: fc.Arbitrary<Signed> = fc.record({
  voter: numbers as fc.Arbitrary<Voter>,
  nonce: numbers,
  signature: signatures,
});
const approvals: fc.Arbitrary<ApprovalBallot> = fc
  .tuple(signed, fc.uniqueArray(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 20 }))
  .map(([one, places]) => ({ ...one, candidates: places.sort((a, b) => a - b) }));
const votes = fc
  .tuple(signed, fc.constantFrom<Support>("against", "for", "abstain"))
  .map(([one, support]) => ({ ...one, support }));
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 12 });

const caller: Signed = { voter: memberId(3), nonce: 0, signature: { kind: "caller" } };

describe("packed ballots", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(some(approvals), some(votes), some(signed), (a, v, s) => {
        expect(decodeApprovals(encodeApprovals(a))).to.deep.equal(a);
        expect(decodeVotes(encodeVotes(v))).to.deep.equal(v);
        expect(decodeSignatories(encodeSignatories(s))).to.deep.equal(s);
      }),
    );
  });

  it("are read wherever they break off, and refused there", () => {
    fc.assert(
      fc.property(approvals, fc.nat(), (ballot, seed) => {
        const whole = encodeApprovals([ballot]);
        const cut = whole.slice(0, 1 + (seed % (whole.length - 1)));
        expect(codeOf(() => decodeApprovals(cut))).to.equal("BallotsMalformed");
      }),
    );
  });

  it("are no ballots with a kind of signature that nobody knows", () => {
    const bytes = encodeVotes([{ ...caller, support: "for" }]);
    bytes[9] = 3;
    expect(codeOf(() => decodeVotes(bytes))).to.equal("BallotsMalformed");
  });

  it("are read whatever they say, since a chain logs all of it", () => {
    const bytes = encodeVotes([{ ...caller, support: "for" }]);
    bytes[8] = 9;
    expect(decodeVotes(bytes)).to.deep.equal([{ ...caller, support: undefined }] satisfies ProposalBallot[]);
  });

  it("are at most so many", () => {
    const many = Array.from({ length: BALLOT_LIMIT + 1 }, () => caller);
    expect(codeOf(() => encodeSignatories(many))).to.equal("BallotsTooMany");
    expect(encodeSignatories(many.slice(1))).to.have.length(BALLOT_LIMIT * 9);
  });
});

describe("encodeApprovals", () => {
  for (const [what, candidates] of [
    ["nobody", []],
    ["somebody twice", [1, 1]],
    ["candidates in disorder", [2, 1]],
    ["more than a ballot holds", Array.from({ length: 256 }, (_, i) => i)],
  ] as const) {
    it(`refuses a ballot that approves of ${what}`, () => {
      expect(codeOf(() => encodeApprovals([{ ...caller, candidates }]))).to.equal("ApprovalsInvalid");
    });
  }
});

describe("encodeConsent", () => {
  it("is the nonce, the kind and the signature", () => {
    expect([...encodeConsent({ nonce: 258, signature: { kind: "caller" } })]).to.deep.equal([0, 0, 1, 2, 2]);
  });
});

describe("countedOf", () => {
  it("keeps those whose bit is set", () => {
    expect(countedOf(["a", "b", "c"], 0b101n)).to.deep.equal(["a", "c"]);
  });
});
