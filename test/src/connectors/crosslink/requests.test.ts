import { expect } from "chai";
import { readCrosslink } from "../../../../src/connectors/crosslink/requests.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { LIGHTHOUSES, only } from "../../../support/exchange.ts";

const EUR = { currency: "EUR" };
const patronInfo = {
  surname: "Underhay",
  givenName: "Leopold",
  patronId: "P-4711",
  address: [{ line1: "3 Mill Yard" }],
};
const euros = (Base: number) => ({ currencyCode: { "#text": "EUR" }, monetaryValue: { Base, Exp: 2 } });
const illRequest = {
  header: {
    requestingAgencyRequestId: "TEMPLE-17~0",
    requestingAgencyAuthentication: { password: "hunter2" },
  },
  bibliographicInfo: { title: "A history of lighthouses", volume: ["1", "2"], sponsor: "Crabbe" },
  ...{
    serviceInfo: { serviceType: "Loan", note: "for Underhay" },
    billingInfo: { maximumCosts: euros(2000), billingName: "Crabbe" },
  },
  ...{ patronInfo, requestingAgencyInfo: { contactName: "Crabbe" } },
};
const deliveryInfo = { dateSent: "2026-10-05T09:30:00Z", itemId: "30012345", deliveryCosts: euros(350) };

const borrowed = {
  ...{ id: "b-1", createdAt: "2026-09-28T10:00:00Z", updatedAt: "2026-11-02T08:00:00Z", side: "borrowing" },
  ...{
    state: "CHECKED_OUT",
    requesterSymbol: "ISIL:US-PPT",
    supplierSymbol: "ISIL:US-PU",
    requesterRequestId: "TEMPLE-17~0",
  },
  ...{ patron: "Underhay", internalNote: "Underhay", items: [{ barcode: "30012345" }], illRequest },
  illResponse: {
    statusInfo: { status: "Loaned", lastChange: "2026-10-06T00:00:00Z" },
    deliveryInfo,
    messageInfo: { note: "Crabbe" },
  },
};
const lent = { ...borrowed, id: "l-1", side: "lending", state: "SHIPPED_RETURN", patron: undefined };
const transaction = {
  ...{
    id: "t-1",
    timestamp: "2026-09-28T10:00:00Z",
    requesterSymbol: "ISIL:US-PPT",
    supplierSymbol: "ISIL:US-PU",
  },
  ...{ requesterRequestID: "TEMPLE-17~0", supplierRequestID: "l-1", lastSupplierStatus: "LoanCompleted" },
  illTransactionData: { ...illRequest, header: undefined, deliveryInfo },
};

const one = (item: object) => only(readCrosslink({ about: { count: 1 }, items: [item] }, EUR));

describe("readCrosslink", () => {
  it("makes one and the same draft of borrower, lender and broker", () => {
    expect(one(borrowed)).to.deep.equal({
      ...LIGHTHOUSES,
      consumer: "ISIL:US-PPT",
      details: { title: "A history of lighthouses", volume: "1; 2" },
    });
    expect(one(lent)).to.deep.equal(one(borrowed));
    expect(one(transaction)).to.deep.equal(one(borrowed));
  });

  for (const [side, state, reason] of [
    ["borrowing", "WILL_SUPPLY", "still-open"],
    ["borrowing", "LOCAL_SUPPLY", "still-open"],
    ["borrowing", "UNFILLED", "unfilled"],
    ["borrowing", "CANCELLED", "cancelled"],
    ["borrowing", "MANUALLY_CLOSED", "closed-by-hand"],
    ["lending", "CANCEL_REQUESTED", "still-open"],
    ["lending", "COMPLETED_WITH_RETRY", "unfilled"],
    ["lending", "CHECKED_OUT", "unknown-state"],
    ["nowhere", "SHIPPED", "unknown-state"],
  ] as const) {
    it(`makes no record of ${state} of ${side}`, () => {
      expect(one({ ...borrowed, side, state })).to.include({ reason, request: "TEMPLE-17~0" });
    });
  }

  it("tells loan and copy apart by what was asked, delivered and told, and chooses between none", () => {
    const asked = (serviceType: string, status: string) =>
      one({
        ...borrowed,
        ...{ state: "COMPLETED", illRequest: { ...illRequest, serviceInfo: { serviceType } } },
        illResponse: { statusInfo: { status }, deliveryInfo },
      });
    expect(asked("CopyOrLoan", "CopyCompleted")).to.have.property("service", "copy");
    expect(asked("CopyOrLoan", "LoanCompleted")).to.have.property("service", "loan");
    expect(asked("Loan", "CompletedWithoutReturn")).to.have.property("service", "loan");
    expect(asked("Loan", "CopyCompleted")).to.have.property("reason", "service-unclear");
    expect(asked("CopyOrLoan", "")).to.have.property("reason", "service-unclear");
  });

  it("dates by the delivery, else by the status and the last change, and a transaction by its delivery alone", () => {
    const dated = (illResponse: unknown) => one({ ...borrowed, illResponse });
    const { statusInfo } = borrowed.illResponse;
    const never = { dateSent: "0001-01-01T00:00:00Z" };
    expect(dated({ statusInfo, deliveryInfo: never })).to.have.property(
      "completedAt",
      Date.parse(statusInfo.lastChange) / 1000,
    );
    expect(dated(undefined)).to.have.property("completedAt", Date.parse(borrowed.updatedAt) / 1000);
    const undated = { ...transaction, illTransactionData: { ...illRequest, deliveryInfo: never } };
    expect(one(undated)).to.have.property("reason", "impossible-time");
  });

  it("reads statuses of transactions as ISO 18626 has them", () => {
    const reason = (lastSupplierStatus: string) => {
      const read = one({ ...transaction, lastSupplierStatus });
      return "reason" in read ? read.reason : read.service;
    };
    expect(
      ["Loaned", "Overdue", "CopyCompleted", "WillSupply", "", "Unfilled", "Cancelled", "Gone"].map(reason),
    ).to.deep.equal([
      ...[
        "loan",
        "loan",
        "service-unclear",
        "still-open",
        "still-open",
        "unfilled",
        "cancelled",
        "unknown-state",
      ],
    ]);
  });

  it("leaves out money that it cannot read, or of another currency", () => {
    const charged = (deliveryCosts: unknown) =>
      one({
        ...borrowed,
        illResponse: { ...borrowed.illResponse, deliveryInfo: { ...deliveryInfo, deliveryCosts } },
      });
    expect(charged([euros(1), euros(2)])).to.have.property("reason", "costs-unclear");
    expect(charged({ ...euros(1), monetaryValue: { Base: 1, Exp: 99 } })).to.have.property(
      "reason",
      "costs-unclear",
    );
    expect(charged({ currencyCode: "CAD", monetaryValue: "3.50" })).to.have.property(
      "reason",
      "other-currency",
    );
    expect(charged(euros(2001))).to.have.property("reason", "above-maximum");
    expect(charged([{ currencyCode: "EUR", monetaryValue: "3.50" }])).to.have.property(
      "cost",
      parseCredits("3.5"),
    );
  });

  it("refuses what is no list", () => {
    for (const source of [null, 1, {}, { items: {} }]) {
      expect(() => readCrosslink(source, EUR))
        .to.throw()
        .with.property("code", "CrosslinkUnreadable");
    }
  });

  it("lets nothing of patrons, staff, passwords and barcodes out", () => {
    const all = [
      borrowed,
      lent,
      transaction,
      { ...borrowed, state: "NEW" },
      { ...transaction, illTransactionData: {} },
    ];
    const told = JSON.stringify(readCrosslink(all, EUR), (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const secret of ["Underhay", "Leopold", "P-4711", "Mill Yard", "30012345", "Crabbe", "hunter2"]) {
      expect(told, secret).not.to.contain(secret);
    }
  });
});
