import { expect } from "chai";
import { namedWorks } from "../../../../src/auditor/engine/works.ts";
import { serviceId } from "../../../../src/core/ids.ts";
import type { BundleRecord } from "../../../../src/records/bundle.ts";
import { bundle } from "../../../support/bundles.ts";

const BOOK = "urn:isbn:9783161484100";
const COPY = serviceId(2);
/** Records of these details, all of them copies unless told otherwise. */
const recordsOf = (...details: BundleRecord["details"][]): BundleRecord[] =>
  bundle(details.length).records.map((record, i) => ({
    ...record,
    service: COPY,
    quantity: i + 1,
    details: details[i]!,
  }));

describe("namedWorks", () => {
  it("finds identifiers in every spelling that names a work, and adds up how much was used of it", () => {
    const records = recordsOf(
      { identifier: "ISBN:978-3-16-148410-0; OCLC:12" },
      { isbn: "3-16-148410-X" },
      { title: BOOK },
      { DOI: "10.1000/182", urn: BOOK },
    );
    expect(namedWorks(records, [COPY])).to.deep.equal([
      { service: COPY, urn: BOOK, quantity: 1 + 2 + 4, record: 0 },
      { service: COPY, urn: "doi:10.1000/182", quantity: 4, record: 3 },
    ]);
  });

  it("counts a record once, however often it names the work", () => {
    const records = recordsOf({ isbn: "9783161484100", identifier: "ISBN:9783161484100;ISBN:316148410X" });
    expect(namedWorks(records, [COPY])).to.deep.equal([{ service: COPY, urn: BOOK, quantity: 1, record: 0 }]);
  });

  it("looks at no other service, and at what names nothing", () => {
    expect(namedWorks(recordsOf({ isbn: "9783161484100" }), [serviceId(1)])).to.deep.equal([]);
    expect(
      namedWorks(recordsOf({ isbn: "9783161484101", issn: "none", identifier: "" }), [COPY]),
    ).to.deep.equal([]);
  });
});
