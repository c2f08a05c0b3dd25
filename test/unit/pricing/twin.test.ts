import { expect } from "chai";
import { Agreements } from "../../../src/core/agreements.ts";
import { RELIEF, serviceId } from "../../../src/core/ids.ts";
import { encodeLeg } from "../../../src/core/legs.ts";
import { credits } from "../../../src/core/money.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { quote } from "../../../src/core/quote.ts";
import type { Policies } from "../../../src/core/quote.ts";
import { Reliefs } from "../../../src/core/relief.ts";
import type { Relief } from "../../../src/core/relief.ts";
import { Schedule } from "../../../src/core/schedule.ts";
import type { ConditionalPrice } from "../../../src/core/schedule.ts";
import type { Line } from "../../../src/core/statement.ts";
import { Works } from "../../../src/core/works.ts";
import { COPY, LOAN, PRICES } from "../../support/consortium.ts";
import type { TestMember } from "../../support/consortium.ts";
import {
  ANY_TIER,
  NOVEMBER,
  UNCAPPED,
  fundGrant,
  openGrant,
  openMonth,
  openRelief,
  postQuoted,
  publishBeside,
  termsOf,
} from "../../support/pricing.ts";
import type { ReliefTerms } from "../../support/pricing.ts";
import { createRandom } from "../../support/random.ts";
import type { Random } from "../../support/random.ts";
import { c } from "../../support/statements.ts";
import { ACT, LICENCE, registerWork } from "../../support/works.ts";
import { condition } from "../../support/conditions.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const SCAN = serviceId(7);
const MONTHS = 6;
const STATEMENTS = 8;
/** How many grants a service can have. */
const GRANTS = 4;

/** Scans at 0.123457 a page, at least 1 and at most 9 a line. */
const SCANS = condition({ service: SCAN, price: 123_457n, fee: 7n, minimum: c("1"), cap: c("9") });

/** The twin's policies, kept beside the chain's. */
interface Twin extends Policies {
  readonly reliefs: Reliefs;
  readonly works: Works;
  /** How many grants were opened, by service. */
  readonly grants: Map<number, number>;
}

function createTwin(): Twin {
  const schedule = new Schedule();
  schedule.publish(NOVEMBER, [...PRICES, SCANS as unknown as ConditionalPrice]);
  return {
    schedule,
    choices: { declined: () => undefined },
    agreements: new Agreements(),
    reliefs: new Reliefs(),
    works: new Works(),
    grants: new Map(),
    actOf: (service) => (service === SCAN ? "reproduce" : "lend"),
  };
}

/** Opens a relief or a grant of whatever terms, with whatever money. */
async function openSomething(world: World, twin: Twin, random: Random, from: number): Promise<void> {
  const cap = () => (random.below(3) === 0 ? UNCAPPED : c("3") + random.big(25));
  const terms = {
    service: random.pick([0, LOAN, COPY, SCAN]),
    region: random.pick([0, 0, 1, 2]),
    tier: random.pick([ANY_TIER, ANY_TIER, 1, 2]),
    share: 1 + random.below(10_000),
    from: from + random.below(2),
    memberCap: cap(),
    cap: cap(),
  } satisfies Partial<ReliefTerms>;
  const until = terms.from + random.below(3);
  const grants = twin.grants.get(terms.service) ?? 0;
  if (random.below(2) === 0 || grants === GRANTS) {
    const open = { ...terms, until: random.below(2) === 0 ? 0 : until };
    twin.reliefs.open(await openRelief(world, open), termsOf(open) as unknown as Relief);
    return;
  }
  twin.grants.set(terms.service, grants + 1);
  const members = random.below(2) === 0 ? [] : [world.bob.id];
  const open = { ...terms, until };
  const grant = await openGrant(world, open, members);
  twin.reliefs.openGrant(grant, termsOf(open) as unknown as Relief, members);
  const amount = credits(1n + random.big(25));
  await fundGrant(world, grant, amount);
  twin.reliefs.fund(grant, world.stranger.address, amount);
}

describe("Pricing and its twin src/core/quote.ts", () => {
  const world = useWorld();

  for (const seed of [1, 2, 3]) {
    it(`quote the same legs, month after month (seed ${seed})`, async () => {
      const w = world();
      const random = createRandom(seed);
      const twin = createTwin();
      await publishBeside(w, [SCANS]);
      await w.schedule.describe(SCAN, 1, ACT.Reproduce);
      const work = await registerWork(w.eve, LICENCE.Reserved);
      await w.eve.as.contracts.resources.permit(work, SCAN, true, c("0.01"));
      twin.works.register(work, w.eve.id, "urn:isbn:0", "reserved", NOVEMBER);
      twin.works.permit(work, SCAN, true, c("0.01"), NOVEMBER);
      await w.register.classify(w.eve.id, 1, 2);
      await w.fund(w.bob.id, c("100000"));
      await w.fund(w.eve.id, c("100000"));

      const consumers: readonly (readonly [TestMember, number])[] = [
        [w.bob, 1],
        [w.eve, 2],
      ];
      let relieved = 0n;
      for (let month = NOVEMBER as number; month < NOVEMBER + MONTHS; ++month) {
        for (let count = 0; count < 3; ++count) await openSomething(w, twin, random, month);
        await w.fund(RELIEF, credits(1n + random.big(28)));
        await openMonth(w, month);
        for (let count = 0; count < STATEMENTS; ++count) {
          const [consumer, region] = random.pick(consumers);
          const period = Math.max(NOVEMBER, month - random.below(4)) as PeriodId;
          const lines = Array.from({ length: 1 + random.below(4) }, (): Line => {
            const service = random.pick([LOAN, COPY, SCAN]);
            const quantity = 1 + random.below(service === SCAN ? 200 : 5);
            return random.below(3) === 0 ? { service, quantity, resource: work } : { service, quantity };
          });
          const { room } = await w.ledger.account(RELIEF);
          const order = {
            supplier: w.ada.id,
            consumer: consumer.id,
            ...{ period, lines, region, kind: 1, tier: 1, supplierTier: 1 },
            ...{ choosy: false, countersigned: true, maximum: credits(2n ** 64n - 1n), reliefRoom: room },
          };
          const found = await postQuoted(w, lines, { consumer, period });
          const { quote: expected } = quote(order, twin);
          if (expected === undefined) throw new Error("the twin found a fault");
          expect(found.legs).to.deep.equal(expected.legs.map(encodeLeg));
          expect(found.gross).to.equal(expected.gross);
          expect([found.fee, found.relieved, found.royalties]).to.deep.equal([
            expected.fee,
            expected.relieved,
            expected.royalties,
          ]);
          expect(found.relieved <= found.gross).to.equal(true);
          twin.reliefs.settle(consumer.id, period, expected.legs);
          relieved += found.relieved;
        }
        expect(await w.ledger.bonds()).to.equal(twin.reliefs.held);
      }
      // A run that relieves nothing would prove nothing.
      expect(relieved > 0n).to.equal(true);
    });
  }
});
