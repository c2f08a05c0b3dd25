import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import members from "../../../../examples/month/members.json" with { type: "json" };
import { exampleMonth } from "../../../../examples/generator/month.ts";
import { isil } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { foldExchanges } from "../../../../src/connectors/iso18626/fold/fold.ts";
import { parseMessage } from "../../../../src/connectors/iso18626/message.ts";
import { json } from "./support.ts";

const ROOT = join(import.meta.dirname, "../../../../examples/month");

function committed(): string[] {
  const files = readdirSync(join(ROOT, "messages"), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(ROOT.length + 1));
}

describe("the example month", () => {
  const month = exampleMonth();
  const messages = month.files.map(({ content }) => parseMessage(content));
  const fold = foldExchanges(messages, { currency: "EUR" });

  it("is the same bytes whenever it is written again", () => {
    expect(committed().sort()).to.deep.equal(month.files.map(({ path }) => path).sort());
    for (const { path, content } of month.files) {
      expect(existsSync(join(ROOT, path)), path).to.equal(true);
      expect(readFileSync(join(ROOT, path), "utf8"), path).to.equal(content);
    }
  });

  it("folds to the outcomes it was written for", () => {
    expect(fold.outcomes).to.deep.equal(month.outcomes);
    expect(fold.exchanges).to.equal(month.exchanges);
    expect(fold.outcomes).to.deep.equal({
      "above-maximum": 4,
      cancelled: 4,
      contradictory: 2,
      copy: 82,
      "costs-unclear": 1,
      "impossible-time": 2,
      loan: 147,
      lost: 2,
      "message-refused": 1,
      "messages-missing": 2,
      "no-supplier": 1,
      "not-billable": 2,
      "other-currency": 2,
      "request-refused": 1,
      retried: 5,
      "retry-possible": 2,
      "same-agency": 1,
      "service-unclear": 1,
      "still-open": 6,
      "taken-back": 3,
      unassignable: 1,
      unfilled: 9,
    });
    expect(fold.repeats).to.equal(6);
    expect(fold.messages).to.be.at.least(640);
  });

  it("completes every record within October 2026", () => {
    for (const { completedAt } of fold.drafts) {
      expect(completedAt).to.be.within(Date.UTC(2026, 9, 1) / 1000, Date.UTC(2026, 10, 1) / 1000 - 1);
    }
  });

  it("names members only, whose particulars can be read", () => {
    const known = new Set(members.map((member) => `ISIL:${isil(member.isil)}`));
    expect(known.size).to.equal(members.length).and.at.least(15);
    for (const { supplier, consumer } of fold.drafts)
      expect(known).to.include(supplier).and.include(consumer);
    for (const { deposit } of members) parseCredits(deposit);
  });

  it("carries readers' data in some messages, and none of it comes through", () => {
    const raw = month.files.map(({ content }) => content).join("");
    for (const secret of ["Quillfeather", "Wilhelmina", "R-77120", "Foundry Steps", "Upper Tarn"]) {
      expect(raw).to.include(secret);
      expect(json([messages, fold])).not.to.include(secret);
    }
  });
});
