import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SigningKey, computeAddress, concat, getBytes, id } from "ethers";
import { createEngine, type Engine } from "../../../../src/auditor/engine/engine.ts";
import { recordKeys } from "../../../../src/auditor/engine/keys.ts";
import { addressAt } from "../../../../src/auditor/engine/recover.ts";
import type { BundleReport, BundleRequest } from "../../../../src/auditor/engine/report.ts";
import { memberId, serviceId, type Hash } from "../../../../src/core/ids.ts";
import { credits, parseCredits, ZERO } from "../../../../src/core/money.ts";
import { addMonths, periodOf } from "../../../../src/core/period.ts";
import { bundleRecords, sealBundle, type Bundle } from "../../../../src/records/bundle.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { bundle } from "../../../support/bundles.ts";
import { rejectionCode } from "../../../support/records.ts";

const KINDS = [
  { title: "in one thread", threads: 1 },
  { title: "in two threads", threads: 2 },
];

async function all(reports: AsyncIterable<BundleReport>): Promise<BundleReport[]> {
  const found = [];
  for await (const report of reports) found.push(report);
  return found;
}

for (const { title, threads } of KINDS) {
  describe(`createEngine, ${title}`, () => {
    let engine: Engine;
    let directory: string;
    beforeEach(async () => {
      engine = createEngine({ threads });
      directory = await mkdtemp(join(tmpdir(), "consortia-engine-"));
    });
    afterEach(async () => {
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    });

    const source = () => ({ directory, chainId: 31337n, ledger: bundle(1).ledger });
    const wanting = ({ root, supplier, consumer }: BundleRequest): BundleRequest => ({
      root,
      supplier,
      consumer,
    });
    async function verify(wanted: readonly BundleRequest[], over = {}): Promise<BundleReport[]> {
      return all(engine.verifyBundles({ ...source(), ...over }, wanted));
    }
    async function keep(...bundles: Bundle[]): Promise<void> {
      const store = createDirectoryStore(directory);
      for (const each of bundles) await store.put(each);
    }
    /** Puts a file where a store would, whatever it says. */
    async function plant(root: Hash, text: string): Promise<void> {
      await mkdir(join(directory, root.slice(2, 4)), { recursive: true });
      await writeFile(join(directory, root.slice(2, 4), `${root}.json`), text);
    }

    describe("recover", () => {
      it("keeps the order of a thousand signatures", async function () {
        this.timeout(60_000);
        const keys = Array.from({ length: 7 }, (_, i) => new SigningKey(id(`key ${i}`)));
        const signed = Array.from({ length: 70 }, (_, i) => keys[i % 7]!.sign(id(`digest ${i}`)));
        const count = 1_200;
        const digests = Array.from({ length: count }, (_, i) => id(`digest ${i % 70}`));
        const signatures = Array.from({ length: count }, (_, i) => signed[i % 70]!.compactSerialized);
        const addresses = await engine.recover(getBytes(concat(digests)), getBytes(concat(signatures)));
        expect(addresses).to.have.length(count * 20);
        for (let i = 0; i < count; i++) {
          expect(addressAt(addresses, i)).to.equal(computeAddress(keys[i % 7]!.publicKey).toLowerCase());
        }
      });

      it("refuses what does not pair", async () => {
        expect(await rejectionCode(engine.recover(new Uint8Array(32), new Uint8Array(65)))).to.equal(
          "RecoverInvalid",
        );
      });
    });

    describe("verifyBundles", () => {
      it("sums a bundle's records by service and gives their keys", async () => {
        const [first, ...rest] = bundle(3).records;
        const mixed = sealBundle({
          ...bundle(1),
          records: [{ ...first!, service: serviceId(9), quantity: 4, amount: "0.000001" }, ...rest],
        });
        await keep(mixed);
        expect(await verify([wanting(mixed)])).to.deep.equal([
          {
            kind: "verified",
            index: 0,
            number: mixed.number,
            period: mixed.period,
            count: 3,
            sum: parseCredits("25.000001"),
            lines: [
              { service: 1, records: 2, quantity: 2, amount: parseCredits("25") },
              { service: 9, records: 1, quantity: 4, amount: parseCredits("0.000001") },
            ],
            mispriced: undefined,
            misdated: undefined,
            works: [],
            given: ZERO,
            keys: recordKeys(bundleRecords(mixed)),
          },
        ]);
      });

      it("names the first record that is priced or dated otherwise, and adds up those given back", async () => {
        const one = bundle(3);
        const { service, amount, completedAt } = one.records[1]!;
        await keep(one);
        const fair = new Map([[service, parseCredits(amount)]]);
        const month = periodOf(completedAt);
        const asked = { ...wanting(one), prices: fair, period: month, given: [0, 2, 9] };
        const [right] = await verify([asked]);
        expect(right).to.deep.include({ mispriced: undefined, misdated: undefined });
        expect(right).to.deep.include({ given: credits(2n * parseCredits(amount)) });
        const dear = new Map([[service, credits(parseCredits(amount) + 1n)]]);
        const [wrong] = await verify([{ ...asked, prices: dear, period: addMonths(month, 1) }]);
        expect(wrong).to.deep.include({ misdated: 0 });
        expect(wrong).to.have.nested.property("mispriced.record", 0);
        const [unpriced] = await verify([{ ...asked, prices: new Map() }]);
        expect(unpriced).to.have.nested.property("mispriced.due", undefined);
      });

      it("reports in the order wanted, a root as often as it is wanted, and counts on", async function () {
        this.timeout(60_000);
        const bundles = Array.from({ length: 10 }, (_, i) => bundle(1 + i));
        await keep(...bundles);
        const wanted = Array.from({ length: 1_500 }, (_, i) => wanting(bundles[(i * 7) % 10]!));
        const progress: number[] = [];
        const reports = [];
        for await (const report of engine.verifyBundles(source(), wanted, (done, total) => {
          expect(total).to.equal(1_500);
          progress.push(done);
        })) {
          reports.push(report);
        }
        expect(reports.map((report) => report.index)).to.deep.equal(wanted.map((_, i) => i));
        for (const [i, report] of reports.entries()) {
          expect(report.kind === "verified" && report.count).to.equal(1 + ((i * 7) % 10));
        }
        expect(progress.at(-1)).to.equal(1_500);
        expect(progress).to.deep.equal(progress.toSorted((a, b) => a - b));
      });

      it("finishes on nothing", async () => {
        expect(await verify([])).to.deep.equal([]);
      });

      it("can be left early", async () => {
        const each = bundle(1);
        await keep(each);
        for await (const report of engine.verifyBundles(
          source(),
          Array<BundleRequest>(2_000).fill(wanting(each)),
        )) {
          expect(report.index).to.equal(0);
          break;
        }
        expect((await verify([wanting(each)])).map((report) => report.kind)).to.deep.equal(["verified"]);
      });

      it("works out no more ahead than keeps the threads busy", async () => {
        const wanted = Array<BundleRequest>(100_000).fill(wanting(bundle(1)));
        let asked = 0;
        const counting = new Proxy(wanted, {
          get(target, name, receiver) {
            if (name === "slice") {
              return (from: number, to: number) => {
                asked = Math.max(asked, to);
                return target.slice(from, to);
              };
            }
            return Reflect.get(target, name, receiver) as unknown;
          },
        });
        await engine.verifyBundles(source(), counting).next();
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(asked).to.be.within(64, 2_000);
      });

      it("names what is wrong with each, and goes on", async () => {
        const good = bundle(2);
        await keep(good);
        const absent = bundle(1);
        const damaged = bundle(2);
        await plant(damaged.root, JSON.stringify(damaged).slice(0, -40));
        const dearer = bundle(2);
        const changed = { ...dearer.records[0]!, amount: "99.00" };
        await plant(dearer.root, JSON.stringify({ ...dearer, records: [changed, dearer.records[1]] }));
        const swapped = bundle(2);
        await plant(swapped.root, JSON.stringify({ ...swapped, records: swapped.records.toReversed() }));
        const misfiled = bundle(2);
        await plant(misfiled.root, JSON.stringify(good));
        const renamed = bundle(2);
        await plant(renamed.root, JSON.stringify({ ...renamed, supplier: 5 }));
        const patron = bundle(1);
        await plant(patron.root, JSON.stringify({ ...patron, patron: "somebody" }));
        const foreign = bundle(1, { chainId: 1 });
        await keep(sealBundle(foreign));
        const elsewhere = sealBundle(bundle(1, { ledger: `0x${"11".repeat(20)}` }));
        await keep(elsewhere);
        const blocked = bundle(1);
        await mkdir(join(directory, blocked.root.slice(2, 4), `${blocked.root}.json`), { recursive: true });

        const wanted: [BundleRequest, string][] = [
          [absent, "BundleMissing"],
          [damaged, "BundleCorrupt"],
          [dearer, "RecordsRootMismatch"],
          [swapped, "RecordsRootMismatch"],
          [misfiled, "RecordsRootMismatch"],
          [renamed, "RecordsRootMismatch"],
          [patron, "BundleCorrupt"],
          [sealBundle(foreign), "BundleForeign"],
          [elsewhere, "BundleForeign"],
          [{ ...good, supplier: memberId(8) }, "BundleParties"],
          [{ ...good, supplier: good.consumer, consumer: good.supplier }, "BundleParties"],
          [blocked, "StoreFailed"],
          [good, "verified"],
        ];
        const reports = await verify(wanted.map(([request]) => wanting(request)));
        const told = reports.map((report) => (report.kind === "failed" ? report.code : report.kind));
        expect(told).to.deep.equal(wanted.map(([, code]) => code));
        for (const report of reports) if (report.kind === "failed") expect(report.message).to.match(/\.$/);
        expect(reports.map((report) => report.index)).to.deep.equal(wanted.map((_, i) => i));
      });

      it("refuses a bundle too large to read", async () => {
        const each = bundle(2);
        await keep(each);
        const [report] = await verify([wanting(each)], { maxBytes: 100 });
        expect(report?.kind === "failed" && report.code).to.equal("BundleTooLarge");
      });

      it("takes the ledger's address in any spelling", async () => {
        const each = bundle(1);
        await keep(each);
        const [report] = await verify([wanting(each)], { ledger: each.ledger.toLowerCase() });
        expect(report?.kind).to.equal("verified");
      });

      it("refuses a root that leads out of the store", async () => {
        const escape = { ...wanting(bundle(1)), root: "0x../../../../etc/passwd" as Hash };
        const [report] = await verify([escape]);
        expect(report?.kind === "failed" && report.code).to.equal("HashInvalid");
      });
    });

    describe("close", () => {
      it("refuses what comes later, and what is still under way", async () => {
        const wanted = Array<BundleRequest>(3_000).fill(wanting(bundle(1)));
        const running = all(engine.verifyBundles(source(), wanted));
        const refused = rejectionCode(running);
        await engine.close();
        expect(await refused).to.equal("EngineClosed");
        expect(await rejectionCode(engine.recover(new Uint8Array(32), new Uint8Array(64)))).to.equal(
          "EngineClosed",
        );
        await engine.close();
      });
    });
  });
}
