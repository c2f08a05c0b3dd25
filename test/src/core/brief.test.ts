import { expect } from "chai";
import { id } from "ethers";
import * as briefs from "../../../src/core/brief.ts";
import type { BriefFacts, BriefTerms } from "../../../src/core/brief.ts";
import { parseBriefTerms } from "../../../src/core/brief-terms.ts";
import { isConsortiaError } from "../../../src/core/error.ts";
import { hash, memberId, serviceId } from "../../../src/core/ids.ts";
import { parseCredits, ZERO } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import type { PastCharge } from "../../../src/core/replay.ts";

const MAY = parsePeriod("2026-05");
const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)];
const LOAN = serviceId(1);
const c = parseCredits;
const price = (amount: string) => ({ service: LOAN, tier: 1, price: c(amount), fee: c("0.26") });

const terms: BriefTerms = {
  ...{ consortium: "Alderland", currency: "EUR", chainId: 31337, ledger: `0x${"Ab".repeat(20)}` },
  ...{ block: 70, from: MAY, to: addMonths(MAY, 1), basis: "Article 7." },
  proposal: { version: 2, file: null, prices: [price("15")], conditions: [] },
  services: [{ id: LOAN, code: "loan" }],
};
const member = (number: typeof ADA, since = MAY) => ({
  ...{ member: number, isil: `XA-${number}`, standing: "admitted", tier: 1, since },
  account: {
    ...{ position: c("-1.5"), cash: c("20"), supplied: ZERO, room: ZERO, free: ZERO },
    ...{ advances: ZERO, debts: c("3"), standing: c("7") },
  },
});
const charged: PastCharge = {
  ...{ supplier: ADA, consumer: BOB, period: MAY, tier: 1, supplierTier: 1 },
  lines: [{ service: LOAN, quantity: 2 }],
  ...{ gross: c("24"), fee: c("0.52"), maximum: c("25"), givenBack: ZERO },
};
const facts: BriefFacts = {
  openMonth: addMonths(MAY, 2),
  charterText: hash(id("The members decide.")),
  members: [member(ADA), member(BOB), member(EVE, addMonths(MAY, 2))],
  charges: [charged, { ...charged, period: addMonths(MAY, -1) }, { ...charged, period: addMonths(MAY, 2) }],
  inForce: () => price("12"),
  conditions: [],
};
const made = () => briefs.makeBrief(terms, facts, briefs.NOTHING_AT_HAND);
const textOf = (brief = made()) => briefs.briefText(briefs.plainBrief(brief));

describe("makeBrief", () => {
  it("tells of its months and of no others", () => {
    const { costs, demand, members } = made();
    expect(costs).to.deep.include({ statements: 1, aboveMaximum: 1, gains: [ADA], losses: [BOB] });
    expect(demand.charged).to.deep.equal([{ service: LOAN, statements: 1, quantity: 2 }]);
    expect(members[1]?.situation).to.deep.equal({
      ...{ position: c("-1.5"), cash: c("20"), debts: c("3"), advances: 0n, standing: c("7") },
    });
  });

  it("says of a member that joined later that nothing is known, not zero", () => {
    const [ada, , eve] = made().members;
    expect(ada?.costs?.difference).to.equal(c("6"));
    expect(eve).to.deep.include({ costs: null, since: addMonths(MAY, 2) });
    expect(made().demand).to.deep.include({ records: null, requests: null });
  });

  it("is refused for months that have not begun, or that end before they begin", () => {
    const ranges = [{ to: addMonths(MAY, 3) }, { from: addMonths(MAY, 2) }];
    for (const range of ranges) {
      let error: unknown;
      try {
        briefs.makeBrief({ ...terms, ...range }, facts, briefs.NOTHING_AT_HAND);
      } catch (caught) {
        error = caught;
      }
      expect(isConsortiaError(error, "BriefMonths"), String(error)).to.equal(true);
    }
  });

  it("stands where nothing was charged", () => {
    const brief = briefs.makeBrief(terms, { ...facts, charges: [] }, briefs.NOTHING_AT_HAND);
    expect(brief.costs).to.deep.include({ statements: 0, gains: [], losses: [] });
  });
});

describe("a brief's text", () => {
  it("is the same for the same figures, with amounts as text and months as words", () => {
    expect(textOf()).to.equal(textOf(briefs.makeBrief(terms, { ...facts }, briefs.NOTHING_AT_HAND)));
    const plain = JSON.parse(textOf()) as Record<string, unknown>;
    expect(plain).to.deep.include({ from: "2026-05", to: "2026-06" });
    expect(plain["ledger"]).to.include({ openMonth: "2026-07", address: `0x${"ab".repeat(20)}` });
    expect(textOf()).to.contain('"debts":"3.00"').and.not.contain("\n");
  });

  it("has keccak256 of its bytes as hash", () => {
    expect(briefs.hashBrief(textOf())).to.equal(id(textOf()));
    expect(briefs.hashBrief("Zürich")).to.equal(id("Zürich"));
  });

  it("gives its terms back, whose figures nobody believes", () => {
    const read = parseBriefTerms(JSON.parse(textOf()));
    expect(read).to.deep.equal({ ...terms, ledger: terms.ledger.toLowerCase() });
    expect(textOf(briefs.makeBrief(read, facts, briefs.NOTHING_AT_HAND))).to.equal(textOf());
  });

  it("is none where a member is missing or of another kind", () => {
    const changes: Record<string, unknown>[] = [
      ...[{ kind: "brief" }, { version: 2 }, { prices: {} }, { from: "May" }, { basis: null }],
      ...[{ proposal: { version: null, file: null } }, { proposal: { version: 1, file: "a" } }],
      ...[{ ledger: { chainId: 1, block: -1, address: `0x${"ab".repeat(20)}` } }, { prices: [7] }],
    ];
    const sources = [
      null,
      [],
      "brief",
      ...changes.map((one) => ({ ...(JSON.parse(textOf()) as object), ...one })),
    ];
    for (const source of sources) {
      let error: unknown;
      try {
        parseBriefTerms(source);
      } catch (caught) {
        error = caught;
      }
      expect(isConsortiaError(error, "BriefInvalid"), JSON.stringify(source)).to.equal(true);
    }
  });
});

describe("pinBrief and pinnedBrief", () => {
  const brief = hash(`0x${"ab".repeat(32)}`);
  const pinned = briefs.pinBrief("# Raise the fee\n\nBecause.\n\n", brief);

  it("puts the hash into the last line, and finds it there", () => {
    expect(pinned).to.equal(`# Raise the fee\n\nBecause.\n\nBrief: ${brief}`);
    expect(briefs.pinnedBrief(pinned)).to.equal(brief);
    expect(briefs.pinnedBrief(`${pinned}\n`)).to.equal(brief);
    expect(briefs.pinnedBrief(`Brief: 0x${"AB".repeat(32)}`)).to.equal(brief);
  });

  it("finds it before the proposer that a governor wants at the end", () => {
    const proposer = `#proposer=0x${"12".repeat(20)}`;
    expect(briefs.pinnedBrief(`${pinned}\n${proposer}`)).to.equal(brief);
    expect(briefs.pinnedBrief(`${pinned}${proposer}`)).to.equal(brief);
  });

  it("finds none anywhere else", () => {
    for (const text of [
      ...["", "Brief: 0x", `Brief: ${brief}0`, `brief: ${brief}`, `A Brief: ${brief}`],
      ...[`Brief: ${brief}\nand more`, `  Brief: ${brief}`, brief],
    ]) {
      expect(briefs.pinnedBrief(text), text).to.equal(undefined);
    }
  });

  it("takes the last where a description was pinned twice", () => {
    const other = hash(`0x${"cd".repeat(32)}`);
    expect(briefs.pinnedBrief(briefs.pinBrief(pinned, other))).to.equal(other);
  });
});
