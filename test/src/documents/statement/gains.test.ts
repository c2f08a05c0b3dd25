import { expect } from "chai";
import fc from "fast-check";
import { COMMONS, memberId, RELIEF, serviceId } from "../../../../src/core/ids.ts";
import { credits, parseCredits, ZERO } from "../../../../src/core/money.ts";
import type { PeriodId } from "../../../../src/core/period.ts";
import type { Movement } from "../../../../src/documents/journal/movement.ts";
import { FIGURES, gainsOf, type Gains } from "../../../../src/documents/statement/gains.ts";
import { anyStory, chargedOf, JANUARY, storyOf } from "../../../support/movements.ts";

const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)];
const [LOAN, COPY, SCAN] = [serviceId(1), serviceId(2), serviceId(3)];
const c = parseCredits;
const PRICES = new Map([
  [LOAN, c("45")],
  [COPY, c("35")],
]);
const month = (at: number) => (JANUARY + at) as PeriodId;

const gains = (movements: readonly Movement[], member = BOB, from = 0, to = from, prices = PRICES): Gains =>
  gainsOf(movements, member, [month(from), month(to)], [], prices);

describe("gainsOf", () => {
  it("tells what was given and drawn by service and by partner", () => {
    const story = storyOf([
      [
        chargedOf([ADA, BOB], 1, [
          [1, 2],
          [2, 1],
        ]),
        chargedOf([EVE, BOB], 1, [[1, 1]]),
        chargedOf([BOB, COMMONS], 1, [[3, 4]]),
      ],
    ]);
    const { drawn, given, toCommons, fromCommons, net } = gains(story);
    expect(drawn.services).to.deep.equal([
      { service: LOAN, quantity: 3, gross: c("37.5"), fee: c("0.75") },
      { service: COPY, quantity: 1, gross: c("12.5"), fee: c("0.25") },
    ]);
    expect(drawn.partners).to.deep.equal([
      { partner: ADA, statements: 1, gross: c("37.5"), fee: c("0.75") },
      { partner: EVE, statements: 1, gross: c("12.5"), fee: c("0.25") },
    ]);
    expect(given.services).to.deep.equal([{ service: SCAN, quantity: 4, gross: c("50"), fee: c("1") }]);
    expect([toCommons, fromCommons, net]).to.deep.equal([c("50"), ZERO, c("-1")]);
  });

  it("tells a claim that was settled for a part apart from services", () => {
    const part = { ...chargedOf([ADA, BOB], 1, [[1, 2]]), claim: true, gross: c("7"), lines: undefined };
    const { drawn, saving } = gains(storyOf([[part]]));
    expect(drawn.services).to.deep.equal([{ service: undefined, quantity: 0, gross: c("7"), fee: c("0.5") }]);
    expect(saving).to.deep.include({ rows: [], saved: ZERO });
  });

  it("proves each figure by what it is the sum of", () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { proofs, figures } = gains(story, BOB, 0, 11);
        for (const figure of FIGURES) {
          const sum = proofs
            .filter((one) => one.figure === figure)
            .reduce((all, { amount }) => all + amount, 0n);
          expect(sum).to.equal(figures[figure]);
        }
      }),
    );
  });

  it("gives for a span the sums of its months, savings too, and opens each with the close before", () => {
    fc.assert(
      fc.property(anyStory, fc.constantFrom(ADA, BOB, EVE, COMMONS), fc.nat(11), (story, member, at) => {
        const [from, to] = [at % 4, at];
        const whole = gains(story, member, from, to);
        const parts = Array.from({ length: to - from + 1 }, (_, i) => gains(story, member, from + i));
        const sum = (pick: (one: Gains) => bigint) => parts.reduce((all, one) => all + pick(one), 0n);
        for (const figure of FIGURES)
          expect(sum(({ figures }) => figures[figure])).to.equal(whole.figures[figure]);
        for (const pick of [net, toCommons, fromCommons, alone, paid, saved])
          expect(sum(pick)).to.equal(pick(whole));
        expect([parts[0]?.opening, parts.at(-1)?.closing]).to.deep.equal([whole.opening, whole.closing]);
        for (const [i, part] of parts.slice(1).entries()) expect(part.opening).to.equal(parts[i]?.closing);
      }),
    );
  });

  it("is conserved: over all accounts what is given is drawn, and the nets sum to nothing", () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const all = [COMMONS, RELIEF, ADA, BOB, EVE].map((member) => gains(story, member, 0, 11).figures);
        const sum = (...names: (keyof Gains["figures"])[]) =>
          all.reduce((one, figures) => names.reduce((total, name) => total + figures[name], one), 0n);
        const pairs = [
          ["given", "drawn"],
          ["fees", "feesEarned"],
          ["royaltiesPaid", "royaltiesEarned"],
        ] as const;
        for (const pair of pairs) expect(sum(...pair)).to.equal(0n);
        expect(sum("gaveBack", "gotBack")).to.equal(0n);
        expect(sum("relief", "grants", "reliefPaid")).to.equal(0n);
        expect(sum("debtsOwed", "debtsDue")).to.equal(0n);
        expect(sum("advancesLent", "advancesReceived")).to.equal(0n);
      }),
    );
  });
});

describe("savingOf", () => {
  const ref = { supplier: ADA, consumer: BOB, number: chargedOf([ADA, BOB], 1, []).number };
  const relieved = { kind: "relieved", ...ref, relief: 1, grant: false, amount: c("6") } as const;
  const royalty = { kind: "royalty", ...ref, holder: EVE, amount: c("2") } as const;
  const refund = { kind: "givenBack", supplier: ADA, consumer: BOB, amount: c("0.000001"), of: ref } as const;

  it("is what buying alone would have cost, less price, fee and royalties, with relief taken off", () => {
    const story = storyOf([
      [
        relieved,
        royalty,
        chargedOf([ADA, BOB], 1, [
          [1, 2],
          [2, 1],
        ]),
      ],
    ]);
    const { saving } = gains(story);
    expect(saving?.rows).to.deep.equal([
      { service: LOAN, quantity: 2, replacement: c("45"), alone: c("90") },
      { service: COPY, quantity: 1, replacement: c("35"), alone: c("35") },
    ]);
    // 125 alone; 37.50 and fees of 0.75, a royalty of 2, relief of 6.
    expect(saving).to.deep.include({ alone: c("125"), paid: c("34.25"), saved: c("90.75") });
  });

  it("claims nothing where no replacement price is given, nor for services without one", () => {
    const story = storyOf([[chargedOf([ADA, BOB], 1, [[3, 9]])]]);
    expect(gains(story).saving).to.deep.equal({ rows: [], alone: ZERO, paid: ZERO, saved: ZERO });
    expect(gains(story, BOB, 0, 0, new Map()).saving).to.equal(undefined);
  });

  it("does not take off relief that may be for a service without a price", () => {
    const story = storyOf([
      [
        relieved,
        chargedOf([ADA, BOB], 1, [
          [1, 1],
          [3, 1],
        ]),
      ],
    ]);
    expect(gains(story).saving).to.deep.include({ alone: c("45"), paid: c("12.75"), saved: c("32.25") });
  });

  it("takes a statement off whole, once, in the month of its first refund", () => {
    const story = storyOf([[chargedOf([ADA, BOB], 1, [[1, 2]])], [refund, refund], [refund]]);
    const saved = [0, 1, 2].map((at) => gains(story, BOB, at).saving?.saved);
    expect(saved).to.deep.equal([c("64.5"), c("-64.5"), ZERO]);
    expect(gains(story, BOB, 0, 2).saving).to.deep.equal({ rows: [], alone: ZERO, paid: ZERO, saved: ZERO });
  });

  it("counts what others drew for nobody but them", () => {
    const story = storyOf([
      [chargedOf([ADA, BOB], 1, [[1, 2]]), { ...refund, of: { ...ref, consumer: EVE } }],
    ]);
    expect(gains(story, ADA).saving).to.deep.include({ alone: ZERO, paid: ZERO });
    expect(gains(story).saving?.saved).to.equal(credits(c("90") - c("25.5")));
  });
});

const net = (one: Gains) => one.net;
const toCommons = (one: Gains) => one.toCommons;
const fromCommons = (one: Gains) => one.fromCommons;
const alone = ({ saving }: Gains) => saving?.alone ?? 0n;
const paid = ({ saving }: Gains) => saving?.paid ?? 0n;
const saved = ({ saving }: Gains) => saving?.saved ?? 0n;
