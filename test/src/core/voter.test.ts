import { expect } from "chai";
import { delegateId, memberId } from "../../../src/core/ids.ts";
import { voterAccount, voterOf } from "../../../src/core/voter.ts";

describe("voterAccount", () => {
  it("reads as words and the voter's number", () => {
    const account = voterAccount("member", memberId(258));
    expect(Buffer.from(account.slice(2, 34), "hex").toString()).to.equal("Consortia member");
    expect(account.slice(34)).to.equal("00000102");
  });

  it("tells a member from a delegate of the same number", () => {
    expect(voterAccount("member", memberId(7))).not.to.equal(voterAccount("delegate", delegateId(7)));
  });
});

describe("voterOf", () => {
  it("finds every voter again, in any case of letters", () => {
    for (const number of [1, 255, 2 ** 31, 2 ** 32 - 1]) {
      const member = voterAccount("member", memberId(number));
      expect(voterOf(`0x${member.slice(2).toUpperCase()}`)).to.deep.equal({ sort: "member", voter: number });
      const person = voterAccount("delegate", delegateId(number));
      expect(voterOf(person)).to.deep.equal({ sort: "delegate", voter: number });
    }
  });

  it("knows nobody behind an address of anybody else", () => {
    expect(voterOf(`0x${"11".repeat(20)}`)).to.equal(undefined);
    expect(voterOf("0x")).to.equal(undefined);
    expect(voterOf(`${voterAccount("member", memberId(1))}00`)).to.equal(undefined);
  });
});
