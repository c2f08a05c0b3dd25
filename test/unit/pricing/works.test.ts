import { expect } from "chai";
import type { ResourceId } from "../../../src/core/ids.ts";
import { COPY, LOAN } from "../../support/consortium.ts";
import {
  NOVEMBER,
  NO_FAULT,
  aidLeg,
  openRelief,
  publishBeside,
  quoteOf,
  royaltyLeg,
  some,
} from "../../support/pricing.ts";
import type { Order } from "../../support/pricing.ts";
import { FAULT, c } from "../../support/statements.ts";
import type { TestMember } from "../../support/consortium.ts";
import { ACT, LIBRARY, LICENCE, registerWork } from "../../support/works.ts";
import { condition } from "../../support/conditions.ts";
import { useWorld } from "../../support/world.ts";

/** A service that nobody prices in October. */
const TRANSLATION = 7;

/** A work that nobody registered. */
const UNKNOWN = 77 as ResourceId;

describe("Pricing.quote, given works", () => {
  const world = useWorld();

  beforeEach(async () => {
    const w = world();
    await publishBeside(w, [condition({ service: TRANSLATION, price: c("1"), fee: 0n })]);
    await w.schedule.describe(COPY, 1, ACT.Reproduce);
    await w.schedule.describe(TRANSLATION, 0, ACT.Adapt);
  });

  const copies = (quantity: number, resource: ResourceId) => ({ ...some(quantity, COPY), resource });
  const faultOf = async (line: Parameters<typeof quoteOf>[1][number], changes: Partial<Order> = {}) =>
    (await quoteOf(world(), [line], changes)).fault;

  it("finds a work that nobody registered, even to lend", async () => {
    expect(await faultOf({ ...some(1), resource: UNKNOWN })).to.deep.equal([
      FAULT.LicenceForbids,
      77n,
      BigInt(LOAN),
    ]);
  });

  it("lends everything, without royalty", async () => {
    const w = world();
    const resource = await registerWork(w.eve, LICENCE.Reserved);
    await w.eve.as.contracts.resources.permit(resource, LOAN, true, c("1"));
    const { fault, royalties, legs } = await quoteOf(w, [{ ...some(2), resource }]);
    expect([fault, royalties, legs]).to.deep.equal([NO_FAULT, 0n, []]);
  });

  it("copies no reserved work without permission, and pays for it by the unit with it", async () => {
    const w = world();
    const resource = await registerWork(w.eve, LICENCE.Reserved);
    expect(await faultOf(copies(1, resource))).to.deep.equal([
      FAULT.LicenceForbids,
      BigInt(resource),
      BigInt(COPY),
    ]);
    await w.eve.as.contracts.resources.permit(resource, COPY, true, c("0.3"));
    const { fault, gross, royalties, legs } = await quoteOf(w, [copies(4, resource), some(1)]);
    expect([fault, gross, royalties]).to.deep.equal([NO_FAULT, c("32"), c("1.2")]);
    expect(legs).to.deep.equal([royaltyLeg(w.eve.id, c("1.2"))]);
  });

  it("adapts nothing that may not be adapted", async () => {
    const w = world();
    const resource = await registerWork(w.eve, LICENCE.BY_ND);
    const adapted = { ...some(1, TRANSLATION), resource };
    expect((await faultOf(adapted))[0]).to.equal(FAULT.LicenceForbids);
    expect(await faultOf(copies(1, resource))).to.deep.equal(NO_FAULT);
  });

  it("lets no business have a copy of what is not for business", async () => {
    const w = world();
    await w.resources.setCommercial(LIBRARY, true);
    const [free, restricted] = [
      await registerWork(w.eve, LICENCE.BY),
      await registerWork(w.eve, LICENCE.BY_NC),
    ];
    expect(await faultOf(copies(1, free))).to.deep.equal(NO_FAULT);
    expect((await faultOf(copies(1, restricted)))[0]).to.equal(FAULT.LicenceForbids);
    expect(await faultOf({ ...some(1), resource: restricted })).to.deep.equal(NO_FAULT);
  });

  it("lets a holder draw and supply its own work as it likes, and pays nobody what it owes itself", async () => {
    const w = world();
    const resource = await registerWork(w.bob, LICENCE.Reserved);
    expect(await faultOf(copies(1, resource))).to.deep.equal(NO_FAULT);
    expect(await faultOf(copies(1, resource), { supplier: w.bob.id, consumer: w.eve.id })).to.deep.equal(
      NO_FAULT,
    );
    expect((await faultOf(copies(1, resource), { consumer: w.eve.id }))[0]).to.equal(FAULT.LicenceForbids);
    await w.bob.as.contracts.resources.permit(resource, COPY, true, c("0.3"));
    const own = await quoteOf(w, [copies(1, resource)]);
    expect([own.royalties, own.legs]).to.deep.equal([0n, []]);
    const sold = await quoteOf(w, [copies(1, resource)], { supplier: w.bob.id, consumer: w.eve.id });
    expect(sold.legs).to.deep.equal([royaltyLeg(w.bob.id, c("0.3"))]);
  });

  it("is claimed by nobody, whatever its licence", async () => {
    const resource = await registerWork(world().eve, LICENCE.BY);
    expect(await faultOf(copies(1, resource), { countersigned: false })).to.deep.equal([
      FAULT.WorkClaimed,
      BigInt(resource),
      0n,
    ]);
    expect(await faultOf(copies(1, 0 as ResourceId), { countersigned: false })).to.deep.equal(NO_FAULT);
  });

  it("is asked about after what is offered and before the maximum", async () => {
    const changes = { maximum: 0n };
    expect((await quoteOf(world(), [copies(1, UNKNOWN), some(1, 99)], changes)).fault[0]).to.equal(
      FAULT.NotOffered,
    );
    expect((await quoteOf(world(), [copies(1, UNKNOWN)], changes)).fault[0]).to.equal(FAULT.LicenceForbids);
  });

  describe("given royalties", () => {
    const reserve = async (holder: TestMember, royalty: bigint) => {
      const resource = await registerWork(holder, LICENCE.Reserved);
      await holder.as.contracts.resources.permit(resource, COPY, true, royalty);
      return resource;
    };

    it("pays one leg a holder, in the order of the lines, behind what is relieved", async () => {
      const w = world();
      const [one, two, other] = [
        await reserve(w.eve, c("1")),
        await reserve(w.eve, c("2")),
        await reserve(w.ada, c("4")),
      ];
      const relief = await openRelief(w, { service: COPY, share: 10_000 });
      const { legs, royalties, relieved } = await quoteOf(w, [
        copies(1, other),
        copies(1, one),
        copies(1, two),
        copies(2, other),
      ]);
      expect([royalties, relieved]).to.deep.equal([c("15"), c("25")]);
      expect(legs).to.deep.equal([
        aidLeg(relief, c("25")),
        royaltyLeg(w.ada.id, c("12")),
        royaltyLeg(w.eve.id, c("3")),
      ]);
    });

    it("counts them towards the maximum, relieved or not", async () => {
      const w = world();
      const resource = await reserve(w.eve, c("1"));
      await openRelief(w, { service: COPY, share: 10_000 });
      const due = c("6.26");
      expect(await faultOf(copies(1, resource), { maximum: due })).to.deep.equal(NO_FAULT);
      expect(await faultOf(copies(1, resource), { maximum: due - 1n })).to.deep.equal([
        FAULT.AboveMaximum,
        due,
        due - 1n,
      ]);
    });

    it("wraps nowhere, however dear a work is", async () => {
      const w = world();
      const most = 2n ** 64n - 1n;
      const resource = await reserve(w.eve, most);
      const quantity = 2 ** 32 - 1;
      const each = most * BigInt(quantity) + c("5.26") * BigInt(quantity);
      const { fault } = await quoteOf(w, Array(20).fill(copies(quantity, resource)));
      expect(fault).to.deep.equal([FAULT.AboveMaximum, 20n * each, most]);
    });

    it("keeps a month's royalty when the next month's is another", async () => {
      const w = world();
      const resource = await reserve(w.eve, c("1"));
      const paid = async (period: number) => (await quoteOf(w, [copies(1, resource)], { period })).royalties;
      expect(await paid(NOVEMBER)).to.equal(c("1"));
      expect(await paid(NOVEMBER + 6)).to.equal(c("1"));
    });
  });
});
