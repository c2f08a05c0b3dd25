import { expect } from "chai";
import { callsOfAct } from "../../../../src/cli/houses/acts.ts";
import { BALANCE_ACTS } from "../../../../src/cli/houses/balanceActs.ts";
import { callText } from "../../../../src/cli/houses/calls.ts";
import { houseFunctions } from "../../../../src/sdk/house.ts";
import { rejectionCode } from "../../../support/records.ts";
import { useWorld } from "../../../support/world.ts";

const NOVEMBER = 2026 * 12 + 10;
const KEY = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("what houses decide about prices, relief, works and compensation", () => {
  const world = useWorld();
  const acts: readonly [words: string, house: string, call: string][] = [
    ["describe 2 page reproduce", "board", "FeeSchedule.describe(2, 1, 1)"],
    [
      "relieve 50% 1 any any 2026-11 100.00 5000.00",
      "board",
      `Pricing.relieve(1,0,255,5000,${NOVEMBER},0,100000000,5000000000)`,
    ],
    ["end-relief 3 2026-11", "board", `Pricing.endRelief(3, ${NOVEMBER})`],
    [`accredit ${KEY} 2 on`, "board", `Pricing.accredit(${KEY}, 2, true)`],
    ["reassign 7 4", "board", "Resources.reassign(7, 4)"],
    ["commercial 3 off", "board", "Resources.setCommercial(3, false)"],
    ["compensate 2026-11 4 25% 400.00", "council", `Compensation.name(${NOVEMBER}, 4,2500,400000000)`],
  ];

  for (const [words, house, call] of acts) {
    it(`"${words}" is a call of the ${house}'s`, async () => {
      const { admin } = world();
      const made = await callsOfAct(admin, words.split(" "));
      expect([made.house, made.calls.map((one) => callText(admin, one))]).to.deep.equal([house, [call]]);
    });
  }

  it("are all tried above, and each is guarded by the charter", () => {
    expect(Object.keys(BALANCE_ACTS)).to.deep.equal(acts.map(([words]) => words.split(" ")[0]));
    const guarded = [...houseFunctions().keys()].map((name) => name.replace(/\(.*/, ""));
    for (const [, , call] of acts) expect(guarded).to.include(call.replace(/\(.*/, ""));
  });

  it("are refused where a word of theirs makes no sense", async () => {
    const { admin } = world();
    for (const [words, code] of [
      ["relieve 50% 1", "ActIncomplete"],
      ["relieve 0% 1 any any 2026-11 100.00 5000.00", "ShareUnreadable"],
      ["relieve 100.01% 1 any any 2026-11 100.00 5000.00", "ShareUnreadable"],
      ["end-relief x 2026-11", "ActIncomplete"],
      ["describe 2 sheet reproduce", "WordUnknown"],
      ["commercial 3 maybe", "SwitchUnknown"],
      ["accredit 0x1 2 on", "AddressInvalid"],
      ["grant-office guardian 0x1", "AddressInvalid"],
    ] as const) {
      expect(await rejectionCode(callsOfAct(admin, words.split(" "))), words).to.equal(code);
    }
  });
});
