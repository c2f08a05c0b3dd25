import { expect } from "chai";
import { readParties, readPrices, type Wanted } from "../../../../src/cli/statements/lookups.ts";
import { agency } from "../../../../src/core/ids.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { ANY_TIER } from "../../../../src/core/schedule.ts";
import { sendAgreement } from "../../../../src/sdk/agreements.ts";
import { readMember } from "../../../../src/sdk/members.ts";
import { sendConditionalDraft, sendPublication } from "../../../../src/sdk/schedules.ts";
import { LOAN, OCTOBER, PRICES } from "../../../support/consortium.ts";
import { c } from "../../../support/statements.ts";
import { useWorld, type World } from "../../../support/world.ts";
import { signedByBoth } from "../../sdk/balanceCases.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

describe("the prices that statements are built with", () => {
  const world = useWorld();
  const wanted = (w: World, month = NOVEMBER): Wanted => ({
    ...{ month, service: LOAN },
    ...{ consumer: { id: w.bob.id, tier: 1 }, supplier: { id: w.ada.id, tier: 1 } },
  });
  const priceOf = async (w: World, one: Wanted) => {
    const { choosy } = await readParties(w.admin);
    const prices = await readPrices(w.admin, [one], choosy);
    return prices(one.month, one.service, one.consumer, one.supplier);
  };

  it("are the schedule's for the tiers of both, or what the two agreed on where that is no higher", async () => {
    const w = world();
    expect((await priceOf(w, wanted(w)))?.price).to.equal(c("12"));
    await sendAgreement(w.admin, await signedByBoth(w));
    expect((await priceOf(w, wanted(w)))?.price).to.equal(c("5"));
    expect((await priceOf(w, wanted(w, OCTOBER)))?.price).to.equal(c("12"));
    const eve = { ...wanted(w), consumer: { id: w.eve.id, tier: 1 } };
    expect((await priceOf(w, eve))?.price).to.equal(c("12"));
  });

  it("tell the least and the most of a line, by the supplier's tier too", async () => {
    const w = world();
    const plain = PRICES.find(({ service, tier }) => service === LOAN && tier === 1)!;
    const bounded = {
      ...{ ...plain, tier: ANY_TIER, supplierTier: 2, price: c("7"), minimum: c("9"), cap: c("20") },
      ...{ promotedFrom: 0 as const, promotedUntil: 0 as const, promotedPrice: c("0") },
    };
    const { version } = await sendConditionalDraft(w.admin, [bounded]);
    await sendPublication(w.admin, { version, from: NOVEMBER });
    expect(await priceOf(w, wanted(w))).to.equal(undefined);
    const second = { ...wanted(w), supplier: { id: w.ada.id, tier: 2 } };
    expect(await priceOf(w, second)).to.deep.include({ price: c("7"), minimum: c("9"), cap: c("20") });
  });

  it("are asked for members by the agency that messages name", async () => {
    const w = world();
    const { partyOf, choosy } = await readParties(w.admin);
    const { isil } = await readMember(w.admin, w.bob.id);
    expect(partyOf(agency("ISIL", isil), OCTOBER)).to.deep.equal({ id: w.bob.id, tier: 1 });
    expect(partyOf(agency("ISIL", isil), addMonths(OCTOBER, -1))).to.equal(undefined);
    expect([...choosy]).to.deep.equal([]);
  });
});
