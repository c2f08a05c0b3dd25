import { readFileSync } from "node:fs";
import { expect } from "chai";
import { hexlify, toBeHex, toUtf8Bytes } from "ethers";
import { Agreements, type Agreement } from "../../src/core/agreements.ts";
import { serviceId } from "../../src/core/ids.ts";
import { decodeLeg, encodeLeg, type Leg } from "../../src/core/legs.ts";
import { ACTS, LICENCES, permits } from "../../src/core/licence.ts";
import { credits } from "../../src/core/money.ts";
import type { PeriodId } from "../../src/core/period.ts";
import { ANY_TIER, Schedule, type ConditionalPrice } from "../../src/core/schedule.ts";
import { isUrn } from "../../src/core/urn.ts";
import { agree, NOVEMBER } from "../support/agreements.ts";
import { condition, conditionsFrom } from "../support/conditions.ts";
import { OCTOBER, PRICES } from "../support/consortium.ts";
import { createRandom } from "../support/random.ts";
import { useWorld } from "../support/world.ts";
import { policyVectors } from "./policy-vectors.ts";

interface Vectors {
  urns: { text: string; valid: boolean }[];
  licences: { licence: number; act: number; commercial: boolean; permitted: boolean }[];
  legs: { aid: boolean; target: number; amount: string; word: string }[];
}

const file = readFileSync(new URL("./vectors/policy.json", import.meta.url), "utf8");
const vectors = JSON.parse(file) as Vectors;

describe("test/parity/vectors/policy.json", () => {
  it("is what the oracle says", () => {
    expect(file === policyVectors()).to.equal(true);
  });
});

describe("parity of the rules of works and legs", () => {
  const world = useWorld();
  const harness = async () => world().ethers.deployContract("ParityHarness");

  it("an identifier has its standard form on both sides", async () => {
    const sol = await harness();
    for (const { text, valid } of vectors.urns) {
      expect(isUrn(text), text).to.equal(valid);
      expect(await sol.getFunction("urnValid")(hexlify(toUtf8Bytes(text))), text).to.equal(valid);
    }
  });

  it("a licence permits alike", async () => {
    const sol = await harness();
    for (const { licence, act, commercial, permitted } of vectors.licences) {
      const said = `${LICENCES[licence]} ${ACTS[act]} ${commercial}`;
      expect(permits(LICENCES[licence]!, ACTS[act]!, commercial), said).to.equal(permitted);
      expect(await sol.getFunction("licencePermits")(licence, act, commercial), said).to.equal(permitted);
    }
  });

  it("a leg is one word", async () => {
    const sol = await harness();
    for (const { aid, target, amount, word } of vectors.legs) {
      const leg = {
        ...(aid ? { kind: "aid", relief: target } : { kind: "royalty", holder: target }),
        amount: BigInt(amount),
      } as Leg;
      expect(toBeHex(encodeLeg(leg), 32)).to.equal(word);
      expect(decodeLeg(BigInt(word))).to.deep.equal(leg);
      expect(await sol.getFunction("leg")(aid, target, amount)).to.equal(BigInt(word));
      expect(await sol.getFunction("legParts")(word)).to.deep.equal([aid, BigInt(target), BigInt(amount)]);
    }
  });
});

describe("parity of conditional prices with the fee schedule", () => {
  const world = useWorld();

  for (const seed of [1, 2, 3]) {
    it(`whatever tiers, bounds and promotions a version has (seed ${seed})`, async () => {
      const { schedule } = world();
      const random = createRandom(seed);
      const tier = () => random.pick([1, 2, ANY_TIER]);
      const drafted = Array.from({ length: 10 }, () => {
        const minimum = random.below(2) === 0 ? 0n : random.big(20);
        const from = NOVEMBER + random.below(3);
        const promoted = random.below(2) === 0;
        return condition({
          ...{ service: 1 + random.below(2), tier: tier(), supplierTier: tier() },
          ...{ price: random.big(30), fee: random.big(20), minimum },
          ...{ cap: random.below(2) === 0 ? 0n : minimum + 1n + random.big(20) },
          ...(promoted
            ? { promotedFrom: from, promotedUntil: from + random.below(3), promotedPrice: random.big(20) }
            : {}),
        });
      });
      await conditionsFrom(world(), NOVEMBER, drafted);
      const twin = new Schedule();
      twin.publish(OCTOBER, PRICES);
      twin.publish(NOVEMBER as PeriodId, drafted as unknown as ConditionalPrice[]);
      for (let month = NOVEMBER - 1; month < NOVEMBER + 6; ++month) {
        for (const service of [1, 2]) {
          for (const consumer of [1, 2, 3]) {
            for (const supplier of [1, 2, 3]) {
              const asked = [month, service, consumer, supplier] as const;
              const unit = twin.priceOf(month as PeriodId, serviceId(service), consumer, supplier);
              const [offered, price, fee, bounded] = await schedule.priceOf(...asked);
              expect(offered, asked.join()).to.equal(unit !== undefined);
              if (unit === undefined) continue;
              expect([price, fee], asked.join()).to.deep.equal([unit.price, unit.fee]);
              expect(bounded).to.equal(unit.minimum !== undefined || unit.cap !== undefined);
              const bounds = [unit.minimum ?? 0n, unit.cap ?? 2n ** 64n - 1n];
              expect([...(await schedule.boundsOf(...asked))], asked.join()).to.deep.equal(bounds);
            }
          }
        }
      }
    });
  }
});

describe("parity of agreements with the register", () => {
  const world = useWorld();

  for (const seed of [1, 2, 3]) {
    it(`whoever agreed on what, and whatever ended (seed ${seed})`, async () => {
      const w = world();
      const random = createRandom(seed);
      const twin = new Agreements();
      const everybody = [w.ada, w.bob, w.eve];
      for (let number = 1; number <= 8; ++number) {
        const first = random.below(3);
        const members = random.below(3) === 0 ? everybody : everybody.filter((_, at) => at !== first);
        const from = NOVEMBER + random.below(3);
        const prices = [1, 2].filter(() => random.below(3) !== 0);
        const terms = {
          ...{ from, until: random.below(2) === 0 ? 0 : from + random.below(3) },
          prices: (prices.length === 0 ? [1] : prices).map((service) => {
            const price = 1n + random.big(20);
            return { service, price, back: members.length === 3 ? price : 1n + random.big(20) };
          }),
        };
        await agree(w, terms, members);
        const spelled = { ...terms, members: members.map(({ id }) => id) };
        twin.make(number, spelled as unknown as Agreement);
        if (random.below(4) !== 0) continue;
        const last = NOVEMBER - 1;
        await members[0]!.as.contracts.register.endAgreement(number, members[0]!.id);
        twin.end(number, last as PeriodId);
      }
      for (let month = NOVEMBER - 1; month < NOVEMBER + 6; ++month) {
        for (const supplier of everybody) {
          for (const consumer of everybody) {
            for (const service of [1, 2, 3]) {
              const [agreed, price] = await w.register.agreedPrice(supplier.id, consumer.id, month, service);
              const found = agreed ? credits(price) : undefined;
              const asked = `${supplier.id} ${consumer.id} ${month} ${service}`;
              const period = month as PeriodId;
              expect(twin.priceOf(supplier.id, consumer.id, period, serviceId(service)), asked).to.equal(
                found,
              );
            }
          }
        }
      }
    });
  }
});
