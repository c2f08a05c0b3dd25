import fc from "fast-check";
import { COMMONS, memberId, serviceId, statementNumber, type MemberId } from "../../src/core/ids.ts";
import { credits, ZERO } from "../../src/core/money.ts";
import { parsePeriod, periodStart, type PeriodId } from "../../src/core/period.ts";
import type { Charged, Fact, Movement } from "../../src/documents/journal/movement.ts";

export const JANUARY = parsePeriod("2026-01");
const MEMBERS = [3, 4, 5].map(memberId);

/** Movements of a story, told month by month: each in a block of its own. */
export function storyOf(months: readonly (readonly Fact[])[]): Movement[] {
  let block = 0;
  return months.flatMap((facts, at) => {
    const month = (JANUARY + at) as PeriodId;
    return facts.map((fact): Movement => {
      block += 1;
      return { block, log: 0, tx: `0x${block}`, at: periodStart(month) + block, month, ...fact };
    });
  });
}

/** A statement of some units of some services, at 12.50 and a fee of 0.25 each. */
export function chargedOf(
  [supplier, consumer]: readonly [MemberId, MemberId],
  number: number,
  lines: readonly (readonly [service: number, quantity: number])[],
): Charged {
  const priced = lines.map(([service, quantity]) => ({
    service: serviceId(service),
    quantity,
    gross: credits(BigInt(quantity) * 12_500_000n),
    fee: credits(BigInt(quantity) * 250_000n),
  }));
  const sum = (pick: (line: (typeof priced)[number]) => bigint) =>
    credits(priced.reduce((all, line) => all + pick(line), 0n));
  return {
    ...{ kind: "charged", supplier, consumer, number: statementNumber(number), service: JANUARY },
    ...{ claim: false, gross: sum(({ gross }) => gross), fee: sum(({ fee }) => fee), lines: priced },
  };
}

/** Any year or less of statements with relief and royalties, refunds, debts, deposits and advances. */
export const anyStory: fc.Arbitrary<Movement[]> = fc
  .array(
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(2),
        fc.nat(1),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.nat(1_000_000),
      ),
      { maxLength: 8 },
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((months) => {
    let number = 0;
    const charges: Charged[] = [];
    return storyOf(
      months.map((acts) =>
        acts.flatMap(([what, who, other, lines, some]): Fact[] => {
          const member = MEMBERS[who] ?? COMMONS;
          const partner = [...MEMBERS, COMMONS].filter((one) => one !== member)[other] ?? COMMONS;
          const amount = credits(BigInt(some));
          const old = charges[some % Math.max(charges.length, 1)];
          switch (what % 6) {
            case 0:
              return [{ kind: "deposited", member, amount }];
            case 1:
              return [{ kind: "advanced", sponsor: partner, member, amount }];
            case 2:
              return [{ kind: "debtAcknowledged", debtor: member, creditor: partner, amount }];
            case 3: {
              if (old === undefined) return [];
              const { supplier, consumer } = old;
              return [{ kind: "givenBack", supplier, consumer, amount, of: old }];
            }
            default: {
              const one = chargedOf([partner, member], ++number, lines);
              charges.push(one);
              const ref = { supplier: partner, consumer: member, number: one.number };
              return [
                { kind: "relieved", ...ref, relief: 1, grant: some % 2 === 0, amount },
                { kind: "royalty", ...ref, holder: partner, amount: some % 3 === 0 ? amount : ZERO },
                one,
              ];
            }
          }
        }),
      ),
    );
  });
