import { expect } from "chai";
import { id } from "ethers";
import { createDuplicateFinder, KEY_WORDS, recordKeys } from "../../../../src/auditor/engine/keys.ts";
import { hash, serviceId } from "../../../../src/core/ids.ts";
import type { ServiceRecord } from "../../../../src/core/record.ts";
import { createRandom } from "../../../support/random.ts";
import { record, records } from "../../../support/records.ts";

const with_ = (over: Partial<ServiceRecord>): ServiceRecord => ({ ...record(1), ...over });

describe("recordKeys", () => {
  it("tells records apart by request, service and charge, and by nothing else", () => {
    const key = (each: ServiceRecord) => recordKeys([each]).join();
    const others = [
      with_({ request: hash(id("another request")) }),
      with_({ service: serviceId(2) }),
      with_({ charge: 1 }),
      with_({ service: serviceId(0xffff), charge: 0xffff }),
    ];
    expect(new Set([record(1), ...others].map(key)).size).to.equal(5);
    expect(key(with_({ quantity: 9, amount: record(3).amount, details: hash(id("other")) }))).to.equal(
      key(record(1)),
    );
  });

  it("packs one after another", () => {
    expect(recordKeys(records(3))).to.have.length(3 * KEY_WORDS);
    expect(recordKeys(records(3)).slice(KEY_WORDS, 2 * KEY_WORDS)).to.deep.equal(recordKeys([record(2)]));
    expect(recordKeys([])).to.have.length(0);
  });
});

describe("createDuplicateFinder", () => {
  it("finds a record of another statement, and says where it stood first", () => {
    const finder = createDuplicateFinder();
    expect(finder.add(0, recordKeys(records(3)))).to.deep.equal([]);
    const again = recordKeys([record(9), record(2)]);
    expect(finder.add(7, again)).to.deep.equal([{ first: { owner: 0, record: 1 }, record: 1 }]);
    expect(finder.size).to.equal(4);
  });

  it("finds a record twice in one statement", () => {
    const finder = createDuplicateFinder();
    expect(finder.add(5, recordKeys([record(1), record(2), record(1)]))).to.deep.equal([
      { first: { owner: 5, record: 0 }, record: 2 },
    ]);
  });

  it("names the first holder for every further one", () => {
    const finder = createDuplicateFinder();
    for (const owner of [3, 4, 5]) {
      const found = finder.add(owner, recordKeys([record(1)]));
      expect(found).to.deep.equal(owner === 3 ? [] : [{ first: { owner: 3, record: 0 }, record: 0 }]);
    }
  });

  it("takes the highest owner", () => {
    const finder = createDuplicateFinder();
    finder.add(0xffff_fffe, recordKeys([record(1)]));
    expect(finder.add(1, recordKeys([record(1)]))[0]?.first.owner).to.equal(0xffff_fffe);
  });

  it("agrees with a plain map on many records that differ in little", () => {
    const { below } = createRandom(1);
    const finder = createDuplicateFinder();
    const seen = new Map<string, { owner: number; record: number }>();
    for (let owner = 0; owner < 3_000; owner++) {
      const keys = new Uint32Array(10 * KEY_WORDS);
      for (let i = 0; i < keys.length; i++) keys[i] = below(9);
      const expected = [];
      for (let each = 0; each < 10; each++) {
        const key = keys.subarray(each * KEY_WORDS, (each + 1) * KEY_WORDS).join();
        const first = seen.get(key);
        if (first === undefined) seen.set(key, { owner, record: each });
        else expected.push({ first, record: each });
      }
      expect(finder.add(owner, keys)).to.deep.equal(expected);
    }
    expect(finder.size).to.equal(seen.size);
    expect(seen.size).to.be.greaterThan(20_000);
  });
});
