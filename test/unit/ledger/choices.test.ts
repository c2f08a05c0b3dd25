import { expect } from "chai";
import { statementNumber } from "../../../src/core/ids.ts";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import type { Statement } from "../../../src/core/statement.ts";
import { claimAs, claimable } from "../../support/claims.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { DUE, FAULT, bill, c, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

/** Everything that members may choose against a loan of ada's to bob, and the fault it makes. */
const CHOICES: readonly [
  string,
  (w: World) => Promise<unknown>,
  (w: World) => readonly [bigint, bigint | number, bigint | number],
][] = [
  [
    "a supplier that stopped offering the service",
    (w) => w.ada.as.contracts.register.chooseOffer(w.ada.id, LOAN, false),
    (w) => [FAULT.ServiceDeclined, LOAN, w.ada.id],
  ],
  [
    "a consumer that stopped using it",
    (w) => w.bob.as.contracts.register.chooseUse(w.bob.id, LOAN, false, 0),
    (w) => [FAULT.ServiceDeclined, LOAN, w.bob.id],
  ],
  [
    "a consumer with a ceiling a millionth below price and fee",
    (w) => w.bob.as.contracts.register.chooseUse(w.bob.id, LOAN, true, DUE - 1n),
    () => [FAULT.CeilingExceeded, LOAN, DUE - 1n],
  ],
  [
    "a supplier that refuses the consumer",
    (w) => w.ada.as.contracts.register.chooseRegard(w.ada.id, w.bob.id, 2),
    (w) => [FAULT.PartnerRefused, w.ada.id, w.bob.id],
  ],
  [
    "a consumer that refuses the supplier",
    (w) => w.bob.as.contracts.register.chooseRegard(w.bob.id, w.ada.id, 2),
    (w) => [FAULT.PartnerRefused, w.bob.id, w.ada.id],
  ],
];

const later = (n: number, period: PeriodId): Partial<Statement> => ({ number: statementNumber(n), period });

async function inNovember(w: World): Promise<void> {
  await w.time.increaseTo(periodStart(NOVEMBER) + 86_400);
  await w.closeMonth();
}

describe("Ledger.post: what members chose", () => {
  const world = useWorld();

  for (const [given, choose, fault] of CHOICES) {
    describe(`given ${given}`, () => {
      it("takes the month of the choice and refuses the next (invariant 7)", async () => {
        const w = world();
        await choose(w);
        await bill(w);
        await inNovember(w);
        await bill(w, later(2, OCTOBER));
        await expect(bill(w, later(3, NOVEMBER)))
          .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
          .withArgs(w.ada.id, 3, ...fault(w));
      });

      it("leaves other services or partners alone, and skips no more than its statement", async () => {
        const w = world();
        await choose(w);
        await inNovember(w);
        const others = { ...later(1, NOVEMBER), consumer: w.eve.id, lines: [{ service: COPY, quantity: 1 }] };
        await w.fund(w.eve.id, c("10"));
        const batch = [await packed(w, later(2, NOVEMBER)), await packed(w, others)];
        await expect(post(w, batch, { mode: "skip" }))
          .to.emit(w.ledger, "StatementSkipped")
          .withArgs(w.ada.id, 2, ...fault(w));
        expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(true);
      });

      it("refuses the claim as it refuses the statement", async () => {
        const w = world();
        await choose(w);
        await inNovember(w);
        await expect(claimAs(w.ada.as.contracts, claimable(w, later(1, NOVEMBER))))
          .to.be.revertedWithCustomError(w.claims, "ClaimFault")
          .withArgs(w.ada.id, 1, ...fault(w));
        await claimAs(w.ada.as.contracts, claimable(w, later(2, OCTOBER)));
      });
    });
  }

  it("takes a price that is the ceiling", async () => {
    const w = world();
    await w.bob.as.contracts.register.chooseUse(w.bob.id, LOAN, true, DUE);
    await inNovember(w);
    await bill(w, later(1, NOVEMBER));
  });

  it("names the line at fault among many", async () => {
    const w = world();
    await w.bob.as.contracts.register.chooseUse(w.bob.id, COPY, false, 0);
    await inNovember(w);
    const lines = [
      { service: LOAN, quantity: 1 },
      { service: COPY, quantity: 1 },
    ];
    await expect(bill(w, { ...later(1, NOVEMBER), lines }))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.ServiceDeclined, COPY, w.bob.id);
  });

  it("lets nobody refuse what was served, however late it is billed and whatever was chosen since", async () => {
    const w = world();
    const mine = w.bob.as.contracts.register;
    for (let i = 1; i <= 3; i++) {
      await mine.chooseUse(w.bob.id, LOAN, i % 2 === 0, c("1"));
      await mine.chooseRegard(w.bob.id, w.ada.id, 2);
      await w.closeMonth();
    }
    await bill(w, later(1, OCTOBER));
  });
});
