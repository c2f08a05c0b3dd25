import { expect } from "chai";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { readReshareRequests } from "../../../../src/connectors/reshare/requests.ts";
import { LIGHTHOUSES, only } from "../../../support/exchange.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";

const EUR = { currency: "EUR" };
const symbol = (scheme: string, own: string) => ({
  ...{
    id: "s-1",
    symbol: own,
    authority: { id: "a-1", symbol: scheme },
    owner: { name: "Leopold Underhay" },
  },
});
const audit = (...steps: readonly [string, string][]) =>
  steps.map(([code, dateCreated]) => ({
    dateCreated,
    toStatus: { code },
    user: "crabbe",
    message: "Underhay",
  }));

/** A row as a requester's mod-rs answers it, full of what must stay there. */
const asked = {
  ...{ id: "b6b6bc1d-7665-4063-afca-baa907b82495", hrid: "TEMPLE-17", isRequester: true, rotaPosition: 0 },
  ...{ state: { id: "x", code: "REQ_SHIPPED" }, serviceType: { value: "loan", label: "Loan" } },
  ...{ requestingInstitutionSymbol: "RESHARE:TEMPLEI", resolvedSupplier: symbol("ISIL", "US-PU") },
  ...{
    dateCreated: "2026-09-28T10:00:00Z",
    lastUpdated: "2026-11-02T08:00:00Z",
    title: "A history of lighthouses",
  },
  audit: audit(["REQ_SHIPPED", "2026-10-05T09:30:00Z"], ["REQ_CHECKED_IN", "2026-10-09T09:30:00Z"]),
  ...{
    maximumCostsMonetaryValue: 20,
    maximumCostsCurrencyCode: { value: "EUR" },
    cost: 3.5,
    costCurrency: { value: "EUR" },
  },
  ...{
    patronIdentifier: "P-4711",
    patronSurname: "Underhay",
    patronGivenName: "Leopold",
    patronNote: "for Underhay",
  },
  ...{
    patronEmail: "leopold@example.org",
    resolvedPatron: { userid: "P-4711" },
    pickupLocation: "3 Mill Yard",
  },
  ...{
    selectedItemBarcode: "30012345",
    bibRecord: '{"note":"Underhay"}',
    internalNote: "Underhay",
    sponsor: "Crabbe",
  },
};
/** The same exchange as the supplier's mod-rs answers it. */
const supplied = {
  ...asked,
  ...{
    id: "8a8a",
    hrid: "PENN-3",
    isRequester: false,
    peerRequestIdentifier: "TEMPLE-17~0",
    rotaPosition: null,
  },
  ...{
    state: { code: "RES_ITEM_SHIPPED" },
    supplyingInstitutionSymbol: "ISIL:US-PU",
    resolvedSupplier: null,
  },
  audit: audit(["RES_AWAIT_SHIP", "2026-10-04T09:30:00Z"], ["RES_ITEM_SHIPPED", "2026-10-05T09:30:00Z"]),
};

const one = (request: object, terms = EUR) => only(readReshareRequests([request], terms));

describe("readReshareRequests", () => {
  it("makes one and the same draft of an exchange, whichever side tells it", () => {
    expect(one(asked)).to.deep.equal({
      ...LIGHTHOUSES,
      consumer: "RESHARE:TEMPLEI",
      details: { title: "A history of lighthouses" },
    });
    expect(one(supplied)).to.deep.equal(one(asked));
  });

  it("takes lists with and without statistics, and one request alone", () => {
    for (const source of [[asked], { totalRecords: 1, results: [asked] }, asked]) {
      expect(readReshareRequests(source, EUR).drafts).to.have.length(1);
    }
    for (const source of [null, 1, "[]", {}, { results: 3 }]) {
      expect(() => readReshareRequests(source, EUR))
        .to.throw()
        .with.property("code", "ReshareRequestsUnreadable");
    }
    expect(readReshareRequests([null, []], EUR).omissions.map(({ reason }) => reason)).to.deep.equal(
      Array.from({ length: 2 }, () => "unknown-state"),
    );
  });

  it("names requests of SLNP without the place in the rota, but for documents", () => {
    const slnp = { ...asked, audit: [], state: { code: "SLNP_REQ_CHECKED_IN" } };
    expect(one(slnp)).to.include({ request: "TEMPLE-17" });
    const document = {
      ...slnp,
      state: { code: "SLNP_REQ_DOCUMENT_SUPPLIED" },
      serviceType: { value: "Copy" },
    };
    expect(one(document)).to.include({ request: "TEMPLE-17~0", service: "copy" });
    expect(one({ ...asked, rotaPosition: null })).to.include({ request: "TEMPLE-17~norota" });
  });

  for (const [code, reason] of [
    ...["REQ_IDLE", "REQ_WILL_SUPPLY", "REQ_CANCEL_PENDING", "RES_AWAIT_SHIP"].map((code) => [
      code,
      "still-open",
    ]),
    ...["REQ_CANCELLED", "RES_CANCELLED", "SLNP_REQ_CANCELLED"].map((code) => [code, "cancelled"]),
    ...["REQ_UNFILLED", "REQ_END_OF_ROTA", "RES_UNFILLED", "SLNP_RES_ABORTED", "REQ_FILLED_LOCALLY"].map(
      (code) => [...[code, "unfilled"]],
    ),
    ["REQ_ABDUCTED", "unknown-state"],
  ] as const) {
    it(`makes no record of ${code}`, () => {
      expect(one({ ...asked, state: { code } })).to.include({
        reason,
        request: code.startsWith("SLNP") ? "TEMPLE-17" : "TEMPLE-17~0",
        consumer: "RESHARE:TEMPLEI",
      });
    });
  }

  for (const code of ["REQ_REQUEST_COMPLETE", "RES_COMPLETE"]) {
    it(`takes ${code} for supplied unless its audit tells that nothing was ever sent`, () => {
      expect(one({ ...asked, state: { code }, audit: undefined })).to.have.property(
        "completedAt",
        Date.parse("2026-11-02T08:00:00Z") / 1000,
      );
      expect(one({ ...asked, state: { code } })).to.have.property(
        "completedAt",
        Date.parse("2026-10-05T09:30:00Z") / 1000,
      );
      const closed = { ...asked, state: { code }, audit: audit(["REQ_IDLE", "2026-10-01T00:00:00Z"]) };
      expect(one(closed)).to.include({ reason: "closed-by-hand" });
    });
  }

  it("leaves out what it would have to guess", () => {
    const cases: readonly [object, string][] = [
      [{ resolvedSupplier: null }, "no-supplier"],
      [{ resolvedSupplier: symbol("ISIL", "") }, "no-supplier"],
      [{ resolvedSupplier: symbol("ISIL", "a b") }, "unknown-agency"],
      [{ requestingInstitutionSymbol: "TEMPLEI" }, "unknown-agency"],
      [{ requestingInstitutionSymbol: "ISIL:US-PU" }, "same-agency"],
      [{ serviceType: null }, "service-unclear"],
      [{ serviceType: { value: "CopyOrLoan" } }, "service-unclear"],
      [{ audit: [], lastUpdated: "yesterday" }, "impossible-time"],
      [{ cost: 1e21 }, "costs-unclear"],
      [{ cost: -1 }, "costs-unclear"],
      [{ costCurrency: { value: "CAD" } }, "other-currency"],
      [{ cost: 20.01 }, "above-maximum"],
      [{ hrid: null, id: null }, "no-request"],
    ];
    for (const [change, reason] of cases) {
      expect(one({ ...asked, ...change }), JSON.stringify(change)).to.have.property("reason", reason);
    }
  });

  it("lets the mapping stand in for symbols and kinds of service", () => {
    const mapping = readMapping({
      agencies: { "RESHARE:TEMPLEI": "ISIL:US-PPT" },
      services: { CopyOrLoan: "any" },
    });
    const kind = { ...asked, serviceType: { value: "CopyOrLoan" } };
    expect(one(kind, { ...EUR, mapping } as typeof EUR)).to.include({
      consumer: "ISIL:US-PPT",
      service: "any",
    });
  });

  it("lets nothing of patrons, staff and barcodes out", () => {
    const all = [
      asked,
      supplied,
      { ...asked, state: { code: "REQ_UNFILLED" } },
      { ...asked, serviceType: "Underhay" },
    ];
    const told = JSON.stringify(readReshareRequests(all, EUR), (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const secret of [
      "Underhay",
      "Leopold",
      "leopold",
      "P-4711",
      "Mill Yard",
      "30012345",
      "Crabbe",
      "crabbe",
    ]) {
      expect(told).not.to.contain(secret);
    }
  });

  describe("the request of the integration tests of mod-rs", () => {
    const files = sharedFiles("reshare-scenarios");
    before(needs(files, "reshare-scenarios"));

    it("is read as a request without outcome", () => {
      const file = files?.find(({ name }) => name.endsWith("patronRequest.json"));
      const { drafts, omissions } = readReshareRequests(JSON.parse(file?.content ?? "") as unknown, EUR);
      expect(drafts).to.deep.equal([]);
      expect(omissions.map(({ reason, consumer }) => [reason, consumer])).to.deep.equal([
        ["unknown-state", "RESHARE:LOCALHOSTB"],
      ]);
      expect(JSON.stringify(omissions)).not.to.contain("Chas");
    });
  });
});
