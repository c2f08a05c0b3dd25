import { readFileSync } from "node:fs";
import { expect } from "chai";
import { getAddress } from "ethers";
import type { DelegateId, MemberId } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import { rankCandidates } from "../../src/core/ranking.ts";
import { voiceOf } from "../../src/core/voice.ts";
import { voterAccount, voterOf } from "../../src/core/voter.ts";
import { useWorld } from "../support/world.ts";
import { FULL_STANDING, governanceVectors } from "./governance-vectors.ts";

interface Vectors {
  accounts: { number: number; member: string; person: string }[];
  voices: { standing: string; units: string }[];
  rankings: { approvals: number[]; ranked: number[] }[];
}

const file = new URL("./vectors/governance.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;

describe("test/parity/vectors/governance.json", () => {
  it("is what the oracle says", () => {
    expect(readFileSync(file, "utf8") === governanceVectors()).to.equal(true);
  });
});

describe("parity of the rules of votes", () => {
  const world = useWorld();
  const harness = async () => world().ethers.deployContract("GovernanceHarness");

  it("a voter has one address", async () => {
    const sol = await harness();
    for (const { number, member, person } of vectors.accounts) {
      expect(voterAccount("member", number as MemberId)).to.equal(member);
      expect(voterAccount("delegate", number as DelegateId)).to.equal(person);
      expect(await sol.getFunction("accounts")(number)).to.deep.equal([member, person].map(getAddress));
      expect(await sol.getFunction("numberOf")(member)).to.equal(BigInt(number));
      expect(voterOf(member)).to.deep.equal({ sort: "member", voter: number });
    }
  });

  it("candidates have one order", async () => {
    const sol = await harness();
    for (const { approvals, ranked } of vectors.rankings) {
      expect(rankCandidates(approvals)).to.deep.equal(ranked);
      const found = (await sol.getFunction("ranking").staticCall(approvals)) as bigint[];
      expect([...found].map(Number)).to.deep.equal(ranked);
    }
  });

  it("a standing has one voice", async () => {
    const w = world();
    const { charter, register } = w.deployment;
    const voice = await w.ethers.deployContract("Voice", [charter, register, FULL_STANDING]);
    for (const { standing, units } of vectors.voices) {
      expect(voiceOf(credits(BigInt(standing)), credits(FULL_STANDING)), standing).to.equal(BigInt(units));
      expect(await voice.getFunction("unitsOf")(standing), standing).to.equal(BigInt(units));
    }
  });
});
