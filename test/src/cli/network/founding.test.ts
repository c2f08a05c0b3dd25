import { expect } from "chai";
import { governanceParameters } from "../../../../src/cli/network/founding.ts";
import { loadPreset } from "../../../../src/cli/network/preset.ts";
import { codeOf } from "../../../support/records.ts";

const keys = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `0x${(from + index).toString(16).padStart(40, "0")}`);

describe("governanceParameters", () => {
  it("seats founders in every constituency before it seats a second one in any", async () => {
    const { governance } = await loadPreset("default");
    const { councilFounders } = governanceParameters(governance, { council: keys(4), board: [] });
    const places = (councilFounders as { constituency: number; seat: number }[]).map((one) => [
      one.constituency,
      one.seat,
    ]);
    expect(places).to.deep.equal([
      [1, 0],
      [2, 0],
      [3, 0],
      [1, 1],
    ]);
  });

  it("refuses more founders than seats, and one twice", async () => {
    const { governance } = await loadPreset("default");
    const given = (council: string[], board: string[]) => () =>
      governanceParameters(governance, { council, board });
    expect(codeOf(given(keys(12), keys(6, 20)))).to.equal("nothing thrown");
    expect(codeOf(given(keys(13), []))).to.equal("FoundersInvalid");
    expect(codeOf(given(keys(1), keys(7, 20)))).to.equal("FoundersInvalid");
    expect(codeOf(given(keys(2), keys(1)))).to.equal("FoundersInvalid");
  });
});
