import { expect } from "chai";
import { RELIEF, serviceId, statementNumber } from "../../../src/core/ids.ts";
import type { MemberId } from "../../../src/core/ids.ts";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import type { Statement } from "../../../src/core/statement.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { DUE, FAULT, bill, c, loans, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

interface Case {
  readonly fault: keyof typeof FAULT;
  readonly given: string;
  readonly changes: (world: World) => Partial<Statement> | Promise<Partial<Statement>>;
  /** What was found, and the limit. */
  readonly figures: (world: World) => [bigint, bigint];
}

const month = (value: number): PeriodId => value as PeriodId;

const CASES: readonly Case[] = [
  {
    fault: "Reserved",
    given: "RELIEF as consumer",
    changes: () => ({ consumer: RELIEF }),
    figures: () => [BigInt(RELIEF), 0n],
  },
  {
    fault: "SameParty",
    given: "a supplier that bills itself",
    changes: ({ ada }) => ({ consumer: ada.id }),
    figures: ({ ada }) => [BigInt(ada.id), 0n],
  },
  {
    fault: "PeriodAhead",
    given: "a month of service that has not begun",
    changes: () => ({ period: month(OCTOBER + 1) }),
    figures: () => [BigInt(OCTOBER + 1), BigInt(OCTOBER)],
  },
  {
    fault: "PeriodPast",
    given: "a month of service four months back",
    changes: () => ({ period: month(OCTOBER - 4) }),
    figures: () => [BigInt(OCTOBER - 4), BigInt(OCTOBER - 3)],
  },
  {
    fault: "Expired",
    given: "a last month for posting that is over",
    changes: () => ({ lastPeriod: month(OCTOBER - 1) }),
    figures: () => [BigInt(OCTOBER), BigInt(OCTOBER - 1)],
  },
  {
    fault: "SupplierInactive",
    given: "a month of service before the supplier was admitted",
    changes: () => ({ period: month(OCTOBER - 1) }),
    figures: ({ ada }) => [BigInt(ada.id), 0n],
  },
  {
    fault: "ConsumerInactive",
    given: "a consumer that nobody knows",
    changes: () => ({ consumer: 99 as MemberId }),
    figures: () => [99n, 0n],
  },
  {
    fault: "NumberUsed",
    given: "a number that was used",
    changes: async (world) => {
      await bill(world, { number: statementNumber(7) });
      return { number: statementNumber(7) };
    },
    figures: () => [7n, 0n],
  },
  { fault: "NoLines", given: "no lines", changes: () => ({ lines: [] }), figures: () => [0n, 0n] },
  {
    fault: "NotOffered",
    given: "a service without a price",
    changes: () => ({ lines: [...loans(1), { service: serviceId(77), quantity: 1 }] }),
    figures: () => [77n, 1n],
  },
  {
    fault: "AboveMaximum",
    given: "a maximum one millionth below gross and fee",
    changes: () => ({ maximum: c("12.259999") }),
    figures: () => [DUE, c("12.259999")],
  },
  {
    fault: "NoRoom",
    given: "more than the consumer has room for",
    changes: () => ({ lines: loans(82) }),
    figures: () => [DUE * 82n, c("1000")],
  },
];

describe("Ledger.post faults", () => {
  const world = useWorld();

  for (const { fault, given, changes, figures } of CASES) {
    describe(`given ${given}`, () => {
      it(`reverts with ${fault} and its figures in all-or-nothing mode`, async () => {
        const w = world();
        const statement = await changes(w);
        await expect(post(w, await packed(w, statement)))
          .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
          .withArgs(w.ada.id, statement.number ?? 1, FAULT[fault], ...figures(w));
      });

      it(`skips with ${fault} and posts the others in skip mode`, async () => {
        const w = world();
        const statement = await changes(w);
        const batch = [await packed(w, statement), await packed(w, { number: statementNumber(500) })];
        const before = await w.ledger.account(w.ada.id);
        await expect(post(w, batch, { mode: "skip" }))
          .to.emit(w.ledger, "StatementSkipped")
          .withArgs(w.ada.id, statement.number ?? 1, FAULT[fault], ...figures(w));
        expect((await w.ledger.account(w.ada.id)).position).to.equal(before.position + c("12"));
        expect(await w.ledger.numberUsed(w.ada.id, 500)).to.equal(true);
      });

      it(`${fault === "NoRoom" ? "books a debt" : "is left out"} in acknowledge mode`, async () => {
        const w = world();
        const posting = post(w, await packed(w, await changes(w)), { mode: "acknowledge" });
        if (fault === "NoRoom") await expect(posting).to.emit(w.ledger, "DebtAcknowledged");
        else await expect(posting).to.emit(w.ledger, "StatementSkipped");
      });
    });
  }

  describe("given the wrong signer", () => {
    it("reverts with NotCountersigned and whom it found", async () => {
      const w = world();
      await expect(post(w, await packed(w, {}, w.stranger)))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 1, FAULT.NotCountersigned, BigInt(w.stranger.address), 0n);
    });
  });

  describe("given RELIEF as supplier", () => {
    it("reverts with Reserved", async () => {
      const w = world();
      await w.register.appoint(RELIEF, w.stranger.address, 63, w.stranger.address);
      await expect(w.strange.ledger.post(RELIEF, 0, await packed(w, { supplier: RELIEF })))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(RELIEF, 1, FAULT.Reserved, RELIEF, 0n);
    });
  });

  describe("given a fault that goes away", () => {
    it("keeps a skipped statement's number for later", async () => {
      const w = world();
      await post(w, await packed(w, { maximum: c("1") }), { mode: "skip" });
      expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(false);
      await bill(w);
      expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(true);
    });
  });

  describe("given one fault among many in all-or-nothing mode", () => {
    it("undoes the whole batch", async () => {
      const w = world();
      const batch = [await packed(w), await packed(w, { number: statementNumber(2), maximum: c("1") })];
      await expect(post(w, batch)).to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault");
      expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(false);
      expect((await w.ledger.account(w.bob.id)).position).to.equal(0n);
    });
  });

  describe("given a consumer that was suspended", () => {
    it("refuses service after the suspension, accepts service before it", async () => {
      const w = world();
      await w.register.suspend(w.bob.id);
      await w.time.increaseTo(periodStart(addMonths(OCTOBER, 1)));
      await w.closeMonth();
      await bill(w, { number: statementNumber(1) });
      await expect(bill(w, { number: statementNumber(2), period: addMonths(OCTOBER, 1) }))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 2, FAULT.ConsumerInactive, w.bob.id, 0n);
    });
  });
});
