import { expect } from "chai";
import type { Omission } from "../../../../src/connectors/gathering.ts";
import { readKohaRequests, type KohaOptions } from "../../../../src/connectors/koha/requests.ts";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import type { RecordDraft } from "../../../../src/core/record.ts";

const mapping = readMapping({
  agencies: { CPL: "ISIL:DE-2", FreeForm: "ISIL:DE-1", "British Library": "ISIL:UK-BL" },
  services: { Book: "loan", article: "copy" },
});
const attribute = (type: string, value: string) => ({
  ill_request_id: 12,
  type,
  value,
  readonly: false,
  backend: "x",
});

/** As Koha 23.11 and later answer, with every embed there is. */
const now = {
  ...{ ill_request_id: 12, biblio_id: 3, patron_id: 51, library_id: "CPL", status: "COMP", status_av: null },
  ...{ requested_date: "2026-09-28", replied_date: null, completed_date: "2026-10-05", due_date: null },
  ...{
    timestamp: "2026-11-02T08:00:00+00:00",
    medium: "Book",
    cost: "5",
    paid_price: "3.50",
    access_url: null,
  },
  ...{
    opac_notes: "for Underhay",
    staff_notes: "Underhay owes",
    ill_backend_id: "FreeForm",
    ill_backend_request_id: null,
  },
  ...{
    id_prefix: "FF-",
    library: { library_id: "CPL", email: "desk@example.org" },
    comments: [{ comment: "Crabbe" }],
  },
  patron: {
    patron_id: 51,
    surname: "Underhay",
    firstname: "Leopold",
    email: "leopold@example.org",
    cardnumber: "P-4711",
  },
  extended_attributes: [
    ...[
      attribute("title", "A history of lighthouses"),
      attribute("article_title", "Lamps"),
      attribute("type", "book"),
    ],
    ...[attribute("lender", "British Library"), attribute("unauthenticated_email", "leopold@example.org")],
    attribute("unauthenticated_last_name", "Underhay"),
  ],
};
/** As Koha before 23.11 answers. */
const before2311 = {
  ...{
    illrequest_id: 12,
    borrowernumber: 51,
    branchcode: "CPL",
    status: "COMP",
    status_alias: null,
    orderid: "",
  },
  ...{
    placed: "2026-09-28",
    completed: "2026-10-05",
    updated: "2026-11-02 08:00:00",
    medium: "Book",
    backend: "FreeForm",
  },
  ...{
    cost: "",
    price_paid: "3.50",
    notesopac: "for Underhay",
    notesstaff: "Underhay owes",
    id_prefix: "FF-",
  },
  metadata: { Title: "A history of lighthouses", "Article title": "Lamps", Cardnumber: "P-4711" },
  patron: { surname: "Underhay", firstname: "Leopold", cardnumber: "P-4711" },
};

function one(request: object, options: Partial<KohaOptions> = {}): RecordDraft | Omission {
  const { drafts, omissions } = readKohaRequests([request], { mapping, ...options });
  expect(drafts.length + omissions.length).to.equal(1);
  return (drafts[0] ?? omissions[0]) as RecordDraft | Omission;
}

describe("readKohaRequests", () => {
  const draft = {
    ...{ supplier: "ISIL:DE-1", consumer: "ISIL:DE-2", request: "FF-12", service: "loan", quantity: 1 },
    ...{ completedAt: Date.UTC(2026, 9, 5) / 1000, cost: parseCredits("3.5") },
    details: { title: "A history of lighthouses", component: "Lamps" },
  };

  it("makes the same draft of a request of older and newer versions", () => {
    expect(one(now)).to.deep.equal(draft);
    expect(one(before2311)).to.deep.equal(draft);
    expect(readKohaRequests(now, { mapping }).drafts).to.deep.equal([draft]);
  });

  it("takes supplier and identifier from where the library keeps them", () => {
    expect(one(now, { supplierAttribute: "Lender" })).to.include({ supplier: "ISIL:UK-BL" });
    expect(one(now, { supplierAttribute: "absent" })).to.include({ supplier: "ISIL:DE-1" });
    expect(one({ ...now, ill_backend_request_id: "BL-7" })).to.include({ request: "BL-7" });
    expect(one({ ...before2311, orderid: "BL-7" })).to.include({ request: "BL-7" });
  });

  it("knows the statuses of Koha's core, takes aliases and others only where they are named", () => {
    const outcome = (change: object, options: Partial<KohaOptions> = {}) => {
      const read = one({ ...now, ...change }, options);
      return "reason" in read ? read.reason : "supplied";
    };
    for (const status of ["COMP", "CHK", "RET"]) expect(outcome({ status }), status).to.equal("supplied");
    for (const status of ["NEW", "REQ", "GENREQ", "QUEUED", "CANCREQ"]) {
      expect(outcome({ status }), status).to.equal("still-open");
    }
    expect(["REQREV", "KILL", "MIG", "SENT"].map((status) => outcome({ status }))).to.deep.equal([
      ...["cancelled", "cancelled", "unfilled", "unknown-state"],
    ]);
    const alias = { status: "COMP", status_av: "NOTFOUND" };
    expect(outcome(alias)).to.equal("unknown-state");
    expect(outcome({ status: "COMP", status_alias: { authorised_value: "NOTFOUND" } })).to.equal(
      "unknown-state",
    );
    expect(outcome({ status: "REQ", status_av: "SENT" }, { statuses: ["COMP", "SENT"] })).to.equal(
      "supplied",
    );
  });

  it("leaves out what it would have to guess", () => {
    const cases: readonly [object, string][] = [
      [{ library_id: "MPL" }, "unknown-agency"],
      [{ ill_backend_id: "BLDSS" }, "unknown-agency"],
      [{ medium: "dvd" }, "service-unclear"],
      [{ completed_date: "0000-00-00" }, "impossible-time"],
      [{ paid_price: "3,50 €" }, "costs-unclear"],
    ];
    for (const [change, reason] of cases)
      expect(one({ ...now, ...change })).to.have.property("reason", reason);
  });

  it("dates a request that is only checked out by its last change", () => {
    const out = one({ ...now, status: "CHK", completed_date: null });
    expect(out).to.have.property("completedAt", Date.parse("2026-11-02T08:00:00Z") / 1000);
  });

  it("refuses what is no list of requests", () => {
    for (const source of [null, 3, "x", {}, { error: "Authentication required." }]) {
      expect(() => readKohaRequests(source, { mapping }))
        .to.throw()
        .with.property("code", "KohaRequestsUnreadable");
    }
  });

  it("lets nothing of patrons, notes and comments out", () => {
    const all = [
      now,
      before2311,
      { ...now, status: "NEW" },
      { ...now, medium: "dvd" },
      { ...now, library_id: "MPL" },
    ];
    const told = JSON.stringify(readKohaRequests(all, { mapping }), (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const secret of ["Underhay", "Leopold", "leopold", "P-4711", "Crabbe", "desk@", "owes", "51"]) {
      expect(told, secret).not.to.contain(secret);
    }
  });
});
