import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import type { Hash } from "../../../src/core/ids.ts";
import { type Bundle, randomSalt } from "../../../src/records/bundle.ts";
import { createDirectoryStore } from "../../../src/records/directory.ts";
import type { RecordStore } from "../../../src/records/store.ts";
import { bundle } from "../../support/bundles.ts";

describe("createDirectoryStore", () => {
  let path: string;
  let store: RecordStore;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "records-"));
    store = createDirectoryStore(path);
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  const fileOf = (root: Hash) => join(path, root.slice(2, 4), `${root}.json`);
  const roots = async () => {
    const all: Hash[] = [];
    for await (const root of store.list()) all.push(root);
    return all;
  };
  async function failure(act: Promise<unknown>, code: string): Promise<string> {
    const error = await act.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isConsortiaError(error, code)) throw new Error(`expected ${code}, got ${String(error)}`);
    return error.message;
  }
  function rewrite(root: Hash, change: (text: string) => string): void {
    writeFileSync(fileOf(root), change(readFileSync(fileOf(root), "utf8")));
  }

  describe("put and get", () => {
    it("gives back what it took", async () => {
      const one = bundle();
      expect(await store.put(one)).to.equal("added");
      expect(await store.get(one.root)).to.deep.equal(one);
      expect(await createDirectoryStore(path).get(one.root)).to.deep.equal(one);
    });

    it("knows nothing of a root it never saw", async () => {
      expect(await store.get(randomSalt())).to.equal(undefined);
      expect(await createDirectoryStore(join(path, "not", "made")).get(randomSalt())).to.equal(undefined);
    });

    it("writes the same bytes whatever the order of members, for its owner only", async () => {
      const one = bundle(1);
      await store.put(one);
      const before = readFileSync(fileOf(one.root), "utf8");
      const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as Bundle;
      expect(await store.put(turned)).to.equal("unchanged");
      expect(readFileSync(fileOf(one.root), "utf8")).to.equal(before);
      expect(statSync(fileOf(one.root)).mode & 0o777).to.equal(0o600);
    });

    it("leaves no draft behind, however many write at once", async () => {
      const all = Array.from({ length: 20 }, () => bundle(1));
      const results = await Promise.all([...all, ...all].map((each) => store.put(each)));
      expect(results.filter((result) => result === "added")).to.have.length(20);
      expect(readdirSync(join(path, "tmp"))).to.deep.equal([]);
      expect(await roots()).to.deep.equal(all.map(({ root }) => root).sort());
    });

    it("refuses records that do not hash to the root", async () => {
      const one = bundle();
      const changed = { ...one, records: one.records.map((record) => ({ ...record, amount: "12.51" })) };
      await failure(store.put(changed), "RecordsRootMismatch");
      await failure(store.put({ ...one, consumer: one.supplier }), "RecordsRootMismatch");
      await failure(store.put({ ...one, chainId: 1 }), "RecordsRootMismatch");
      expect(await roots()).to.deep.equal([]);
    });

    it("refuses a root that is a path", async () => {
      for (const name of ["../../etc/passwd", `0x${"../".repeat(21)}a`, "", `0x${"ab".repeat(32)}/..`]) {
        await failure(store.get(name as Hash), "HashInvalid");
        await failure(store.put({ ...bundle(1), root: name as Hash }), "BundleInvalid");
      }
    });

    it("refuses a bundle over the limit, on the way in and on the way out", async () => {
      const one = bundle(20);
      await failure(createDirectoryStore(path, { maxBytes: 2000 }).put(one), "BundleTooLarge");
      expect(await store.put(one)).to.equal("added");
      await failure(createDirectoryStore(path, { maxBytes: 2000 }).get(one.root), "BundleTooLarge");
    });

    it("says that the disk fails, as something to try again", async () => {
      writeFileSync(join(path, "plain"), "");
      const broken = createDirectoryStore(join(path, "plain"));
      const error: unknown = await broken.put(bundle(1)).catch((reason: unknown) => reason);
      expect(isConsortiaError(error, "StoreFailed") && error.retryable).to.equal(true);
    });
  });

  describe("put again", () => {
    it("adds the signed statement, replaces it, and never drops it", async () => {
      const one = bundle(1);
      await store.put(one);
      expect(await store.put({ ...one, statement: { signature: "0x01" } })).to.equal("updated");
      expect(await store.put({ ...one, statement: { signature: "0x01" } })).to.equal("unchanged");
      expect(await store.put({ ...one, statement: { signature: "0x02" } })).to.equal("updated");
      expect(await store.put(one)).to.equal("unchanged");
      expect((await store.get(one.root))?.statement).to.deep.equal({ signature: "0x02" });
    });

    it("keeps the statement in whatever order two puts arrive", async () => {
      const one = bundle(1);
      await Promise.all([store.put({ ...one, statement: 1 }), store.put(one)]);
      expect((await store.get(one.root))?.statement).to.equal(1);
    });

    it("takes an address in either case for the same", async () => {
      const one = bundle(1);
      await store.put(one);
      expect(await store.put({ ...one, ledger: one.ledger.toLowerCase() })).to.equal("unchanged");
    });

    it("refuses other particulars under the same root", async () => {
      const one = bundle(1);
      await store.put(one);
      const message = await failure(store.put({ ...one, number: 8 as never }), "BundleConflict");
      expect(message).to.include("statement 7").and.to.include("fresh salts");
    });
  });

  describe("a damaged file", () => {
    const damages: [string, string, (text: string) => string][] = [
      ["cut short", "BundleCorrupt", (text) => text.slice(0, 100)],
      ["empty", "BundleCorrupt", () => ""],
      ["of another version", "BundleCorrupt", (text) => text.replace('"version":1', '"version":2')],
      ["with an amount changed", "RecordsRootMismatch", (text) => text.replace("12.50", "99.00")],
      ["with a title changed", "RecordsRootMismatch", (text) => text.replace("呐喊", "彷徨")],
    ];
    for (const [what, code, change] of damages) {
      it(`${what} is named, with what to do`, async () => {
        const one = bundle(2);
        await store.put(one);
        rewrite(one.root, change);
        const message = await failure(store.get(one.root), code);
        expect(message).to.include(fileOf(one.root)).and.to.include("Move the file away");
      });
    }

    it("that holds another root's bundle is found out", async () => {
      const [one, other] = [bundle(1), bundle(1)];
      await store.put(one);
      await store.put(other);
      rewrite(one.root, () => readFileSync(fileOf(other.root), "utf8"));
      expect(await failure(store.get(one.root), "RecordsRootMismatch")).to.include(other.root);
    });

    it("is set aside and replaced by a verified copy", async () => {
      const one = bundle(1);
      await store.put(one);
      rewrite(one.root, () => "{");
      expect(await store.put(one)).to.equal("added");
      expect(await store.get(one.root)).to.deep.equal(one);
      expect(readFileSync(`${fileOf(one.root)}.damaged`, "utf8")).to.equal("{");
      expect(await roots()).to.deep.equal([one.root]);
    });
  });

  describe("what a killed process left", () => {
    it("is not listed, and is swept once it is old", async () => {
      mkdirSync(join(path, "tmp"));
      const [old, young] = [join(path, "tmp", "old"), join(path, "tmp", "young")];
      for (const draft of [old, young]) writeFileSync(draft, "{");
      utimesSync(old, new Date(0), new Date(0));
      expect(await roots()).to.deep.equal([]);
      await store.put(bundle(1));
      expect(readdirSync(join(path, "tmp"))).to.deep.equal(["young"]);
    });
  });
});
