import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { NOVEMBER, agree, both } from "../../support/agreements.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import type { TestMember } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const NONE = [false, 0n];
const DECEMBER = NOVEMBER + 1;

describe("Register.agreedPrice", () => {
  const world = useWorld();

  const price = async (
    supplier: TestMember,
    consumer: TestMember,
    service: number = LOAN,
    month = NOVEMBER,
  ) => [...(await world().register.agreedPrice(supplier.id, consumer.id, month, service))];

  it("is none where nothing was agreed", async () => {
    const w = world();
    expect(await price(w.ada, w.bob)).to.deep.equal(NONE);
    await agree(w);
    expect(await price(w.ada, w.eve)).to.deep.equal(NONE);
    expect(await price(w.eve, w.bob)).to.deep.equal(NONE);
    expect(await price(w.ada, w.ada)).to.deep.equal(NONE);
    expect(await price(w.ada, w.bob, COPY)).to.deep.equal(NONE);
    expect(await price(w.ada, w.bob, 0)).to.deep.equal(NONE);
  });

  it("knows the directions, what is free, and the highest price", async () => {
    const w = world();
    const most = 2n ** 64n - 1n;
    await agree(w, { prices: [{ service: LOAN, price: 1n, back: most }, both(COPY, 0n)] });
    expect(await price(w.ada, w.bob)).to.deep.equal([true, 1n]);
    expect(await price(w.bob, w.ada)).to.deep.equal([true, most]);
    expect(await price(w.ada, w.bob, COPY)).to.deep.equal([true, 0n]);
    expect(await price(w.bob, w.ada, COPY)).to.deep.equal([true, 0n]);
  });

  it("holds from its first month to its last", async () => {
    const w = world();
    await agree(w, { prices: [both(LOAN, 5n)], from: DECEMBER, until: DECEMBER + 1 });
    const months = [DECEMBER - 1, DECEMBER, DECEMBER + 1, DECEMBER + 2];
    const found = await Promise.all(months.map((month) => price(w.ada, w.bob, LOAN, month)));
    expect(found).to.deep.equal([NONE, [true, 5n], [true, 5n], NONE]);
  });

  it("holds in its last month to come", async () => {
    const w = world();
    await agree(w, { prices: [both(LOAN, 5n)], until: 65_535 });
    expect(await price(w.ada, w.bob, LOAN, 65_535)).to.deep.equal([true, 5n]);
    await agree(w, { prices: [both(LOAN, 6n)], until: 65_535 });
    expect(await price(w.ada, w.bob, LOAN, 65_535)).to.deep.equal([true, 6n]);
  });

  it("is the newest agreement's that holds then and prices the service", async () => {
    const w = world();
    await agree(w, { prices: [both(LOAN, 1n), both(COPY, 1n)] });
    await agree(w, { prices: [both(LOAN, 2n)], from: DECEMBER });
    await agree(w, { prices: [both(LOAN, 3n)], from: DECEMBER, until: DECEMBER });
    const found = (service: number) =>
      Promise.all([0, 1, 2].map((ahead) => price(w.ada, w.bob, service, NOVEMBER + ahead)));
    expect(await found(LOAN)).to.deep.equal([
      [true, 1n],
      [true, 3n],
      [true, 2n],
    ]);
    expect(await found(COPY)).to.deep.equal([
      [true, 1n],
      [true, 1n],
      [true, 1n],
    ]);
  });

  it("is a group's among all its members, the newest first, and a pair's before", async () => {
    const w = world();
    const group = [w.ada, w.bob, w.eve];
    const prices = (amount: bigint) => ({ prices: [both(LOAN, amount)] });
    await agree(w, { prices: [both(LOAN, 1n), both(COPY, 9n)] }, group);
    await agree(w, prices(2n), group);
    for (const [supplier, consumer] of [
      [w.ada, w.bob],
      [w.bob, w.eve],
      [w.eve, w.ada],
    ] as const) {
      expect(await price(supplier, consumer)).to.deep.equal([true, 2n]);
    }
    await agree(w, prices(3n));
    await agree(w, prices(4n), group);
    expect(await price(w.ada, w.bob)).to.deep.equal([true, 3n]);
    expect(await price(w.bob, w.ada)).to.deep.equal([true, 3n]);
    expect(await price(w.ada, w.eve)).to.deep.equal([true, 4n]);
    expect(await price(w.ada, w.bob, COPY)).to.deep.equal([true, 9n]);
  });

  it("asks for a group that both belong to", async () => {
    const w = world();
    const [dora, finn] = [await w.createMember(), await w.createMember()];
    const prices = [both(LOAN, 1n)];
    await agree(w, { prices }, [w.ada, w.bob, w.eve]);
    await agree(w, { prices: [both(LOAN, 2n)] }, [w.ada, dora, finn]);
    expect(await price(w.ada, w.eve)).to.deep.equal([true, 1n]);
    expect(await price(w.ada, finn)).to.deep.equal([true, 2n]);
    expect(await price(w.bob, dora)).to.deep.equal(NONE);
  });

  it("forgets nothing that can still be posted when it makes room (invariant 7)", async () => {
    const w = world();
    for (let made = 1; made <= 8; made++) {
      await agree(w, { prices: [both(LOAN, BigInt(made))], from: OCTOBER + made, until: OCTOBER + made });
    }
    await w.time.increaseTo(periodStart(addMonths(OCTOBER, 7)));
    for (const ahead of [9, 10, 11]) {
      await agree(w, { prices: [both(LOAN, BigInt(ahead))], from: OCTOBER + ahead });
    }
    for (let ahead = 4; ahead <= 11; ahead++) {
      expect(await price(w.ada, w.bob, LOAN, OCTOBER + ahead)).to.deep.equal([true, BigInt(ahead)]);
    }
    expect(await price(w.ada, w.bob, LOAN, OCTOBER + 3)).to.deep.equal(NONE);
  });
});
