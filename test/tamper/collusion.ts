import type { FindingCode } from "../../src/auditor/codes.ts";
import { Biller, actorOf, fund, type Bill } from "../../src/cli/scenario/trouble.ts";
import type { Actor } from "../../src/cli/scenario/stage.ts";
import { serviceId, statementNumber } from "../../src/core/ids.ts";
import { credits, formatCredits } from "../../src/core/money.ts";
import { addMonths, periodEnd, type PeriodId } from "../../src/core/period.ts";
import { createDirectoryStore } from "../../src/records/directory.ts";
import { randomSalt, sealBundle, type Bundle, type BundleRecord } from "../../src/records/bundle.ts";
import { readPeriod } from "../../src/sdk/periods.ts";
import { countersign, sendPost } from "../../src/sdk/statements.ts";
import type { Lie } from "./lie.ts";
import type { World } from "./world.ts";

/** Two parties that sign whatever helps them, in the open month. */
interface Ring {
  readonly world: World;
  readonly biller: Biller;
  readonly month: PeriodId;
  readonly supplier: Actor;
  readonly other: Actor;
  readonly consumer: Actor;
  readonly store: ReturnType<typeof createDirectoryStore>;
}

type Forge = (ring: Ring) => Promise<void>;

const LOAN = serviceId(1);
const COPY = serviceId(2);
let number = 2_000_000;

/** Has the consumer sign a bill, and the supplier post it. */
async function post({ world }: Ring, { supplier, consumer, statement }: Bill): Promise<void> {
  const signed = await countersign(world.settled.stage.admin, consumer.key, statement);
  await sendPost(supplier.as, { statements: [signed], mode: "allOrNothing" });
}

/** Posts a bill over other records than it was made of. */
async function forge(
  ring: Ring,
  bill: Bill,
  change: (bundle: Omit<Bundle, "version" | "root">) => Partial<Omit<Bundle, "version" | "root">>,
): Promise<void> {
  const held = await ring.store.get(bill.statement.root);
  if (held === undefined) throw new Error("the bill's own bundle is missing");
  const facts = factsOf(held);
  const bundle = sealBundle({ ...facts, ...change(facts) });
  await ring.store.put(bundle);
  await post(ring, { ...bill, statement: { ...bill.statement, root: bundle.root } });
}

/** A bundle without what sealing it adds. */
function factsOf({ chainId, ledger, supplier, consumer, number: own, period, records }: Bundle) {
  return { chainId, ledger, supplier, consumer, number: own, period, records };
}

const again = (records: readonly BundleRecord[], change: (record: BundleRecord, place: number) => object) =>
  records.map((record, place) => ({ ...record, salt: randomSalt(), ...change(record, place) }));

const FORGERIES: readonly [name: string, code: FindingCode, forge: Forge][] = [
  [
    "records that sum to more than they bill",
    "RecordsSumWrong",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t1", service: LOAN }]);
      await forge(ring, bill, ({ records }) => ({ records: again(records, () => ({ amount: "999.00" })) }));
    },
  ],
  [
    "lines that are not the records",
    "LinesWrong",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t2", service: LOAN }]);
      await forge(ring, bill, ({ records }) => ({ records: again(records, () => ({ quantity: 2 })) }));
    },
  ],
  [
    "two records that share their prices out anew",
    "RecordPriceWrong",
    async (ring) => {
      const services = ["t3", "t4"].map((request) => ({ request, service: LOAN }));
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, services);
      const gross = (place: number) => formatCredits(place === 0 ? bill.gross : credits(0n));
      await forge(ring, bill, ({ records }) => ({
        records: again(records, (_, place) => ({ amount: gross(place) })),
      }));
    },
  ],
  [
    "a record of another month",
    "RecordMonthWrong",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t5", service: LOAN }]);
      const completedAt = periodEnd(addMonths(ring.month, -1)) - 1;
      await forge(ring, bill, ({ records }) => ({ records: again(records, () => ({ completedAt })) }));
    },
  ],
  [
    "one record in two statements",
    "RecordDoubled",
    async (ring) => {
      for (let i = 0; i < 2; i++) {
        await post(
          ring,
          await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t6", service: LOAN }]),
        );
      }
    },
  ],
  [
    "one record twice in a statement",
    "RecordDoubled",
    async (ring) => {
      const services = ["t7", "t7"].map((request) => ({ request, service: LOAN }));
      await post(ring, await ring.biller.bill(ring.supplier, ring.consumer, services));
    },
  ],
  [
    "one record in two months",
    "RecordDoubled",
    async (ring) => {
      const { stage } = ring.world.settled;
      const earlier = new Biller(stage, ring.store, addMonths(ring.month, -1), number);
      number += 1_000;
      for (const biller of [earlier, ring.biller]) {
        await post(ring, await biller.bill(ring.supplier, ring.consumer, [{ request: "t8", service: LOAN }]));
      }
    },
  ],
  [
    "one record at two suppliers",
    "RecordAtTwoPairs",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t9", service: LOAN }]);
      await post(ring, bill);
      const { agency } = ring.supplier;
      const second = await ring.biller.bill(ring.other, ring.consumer, [{ request: "t9", service: LOAN }]);
      await forge(ring, second, ({ records }) => ({
        records: again(records, ({ request }) => ({ request: { ...request, supplying: agency } })),
      }));
    },
  ],
  [
    "a record billed anew while its first charge stands",
    "RecordRebilled",
    async (ring) => {
      for (const charge of [0, 1]) {
        const services = [{ request: "t10", service: COPY, charge }];
        await post(ring, await ring.biller.bill(ring.supplier, ring.consumer, services));
      }
    },
  ],
  [
    "records of other parties",
    "RecordsForeign",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t11", service: LOAN }]);
      await forge(ring, bill, () => ({ supplier: ring.other.id }));
    },
  ],
  [
    "records of another ledger",
    "RecordsForeign",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t12", service: LOAN }]);
      await forge(ring, bill, () => ({ ledger: `0x${"66".repeat(20)}` }));
    },
  ],
  [
    "records of another chain",
    "RecordsForeign",
    async (ring) => {
      const bill = await ring.biller.bill(ring.supplier, ring.consumer, [{ request: "t13", service: LOAN }]);
      await forge(ring, bill, () => ({ chainId: 1 }));
    },
  ],
];

/** Lies that supplier and consumer agree on, so that the ledger itself takes them. */
export const COLLUSIONS: readonly Lie[] = FORGERIES.map(([name, code, act]) => ({
  name,
  code,
  tell: (world) =>
    world.onFork(async () => {
      const { stage } = world.settled;
      const records = await world.copyRecords();
      const store = createDirectoryStore(records);
      const { open } = await readPeriod(stage.admin);
      const [supplier, other, consumer] = stage.actors.slice(0, 3).map(({ id }) => actorOf(stage, id));
      if (!supplier || !other || !consumer) throw new Error("three members are needed");
      await fund(stage, consumer, "2000");
      const biller = new Biller(stage, store, open, statementNumber(number));
      number += 1_000;
      await act({ world, biller, month: open, supplier, other, consumer, store });
      return world.codes({ records, blocks: await world.read() });
    }),
}));
