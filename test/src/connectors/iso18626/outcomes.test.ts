import { expect } from "chai";
import { TREE, loan, sent } from "./outcomeTree.ts";
import { act, ask, at, fold, say } from "./support.ts";

describe("foldExchanges", () => {
  for (const [branch, cases] of Object.entries(TREE)) {
    describe(branch, () => {
      for (const { given, messages, outcomes, notices = [] } of cases) {
        it(`given ${given}: ${outcomes.join(" and ")}`, () => {
          const result = fold(...messages);
          expect(Object.keys(result.outcomes)).to.have.members(outcomes);
          expect(result.notices.map(({ notice }) => notice)).to.have.members(notices);
          expect(result).to.include({ exchanges: 1, messages: messages.length, repeats: 0 });
        });
      }
    });
  }

  it("drops a repeat and counts it", () => {
    const result = fold(loan, loan, say(5, "Loaned"), say(5, "Loaned"), say(5, "Loaned"));
    expect(result.outcomes).to.deep.equal({ loan: 1 });
    expect(result).to.include({ messages: 5, repeats: 3 });
  });

  it("fills a draft with parties, time, money and the work", () => {
    const { drafts } = fold(loan, say(6, "Loaned", sent(5, "12.50")), act(30, "Lost"));
    const common = { supplier: "ISIL:XA-S", consumer: "ISIL:XA-C", request: "R1", quantity: 1 };
    const details = { title: "Notes on River Ice" };
    expect(drafts).to.deep.equal([
      {
        ...common,
        details,
        service: "loan",
        completedAt: at(5) / 1000,
        maximum: 15_000_000n,
        cost: 12_500_000n,
      },
      { ...common, details, service: "lost", completedAt: at(30) / 1000 },
    ]);
  });

  it("takes the message's own time where no date of sending is given", () => {
    expect(fold(loan, say(6, "Loaned", { changed: 5 })).drafts[0]?.completedAt).to.equal(at(6) / 1000);
  });

  it("takes the second shipping's time and terms after a taking back", () => {
    const { drafts } = fold(
      ...[loan, say(5, "Loaned", sent(5, "14"))],
      ...[say(6, "WillSupply"), say(8, "Loaned", sent(8, "9"))],
    );
    expect(drafts[0]).to.include({ completedAt: at(8) / 1000, cost: 9_000_000n });
  });

  it("links a request to the one that took its place", () => {
    const again = { supplier: "XA-T", request: "R2" };
    const retry = ask(8, "Loan", { ...again, info: { requestingAgencyPreviousRequestId: "R1" } });
    const { exceptions, drafts } = fold(loan, say(5, "Unfilled"), retry, say(9, "Loaned", again));
    expect(drafts).to.have.length(1);
    expect(exceptions[0]).to.deep.include({
      reason: "retried",
      linked: { supplier: "ISIL:XA-T", request: "R2" },
    });
    expect(exceptions[0]?.sentence).to.equal(
      "Request R1 of ISIL:XA-C to ISIL:XA-S was not filled here and was sent again (sent again as R2 to ISIL:XA-T). " +
        "Nothing is to be done: the new request is counted for itself.",
    );
  });

  it("links a Retry under the same number at another supplier", () => {
    const retry = ask(8, "Loan", { supplier: "XA-T", info: { requestType: "Retry" } });
    const { exceptions } = fold(loan, say(5, "RetryPossible"), retry);
    expect(exceptions.map(({ reason }) => reason)).to.have.members(["retried", "still-open"]);
  });

  it("keeps apart requests of one number by other libraries", () => {
    const other = { consumer: "XA-D" };
    const result = fold(loan, ask(0, "Loan", other), say(5, "Loaned"), say(5, "Unfilled", other));
    expect(result.outcomes).to.deep.equal({ loan: 1, unfilled: 1 });
  });

  it("lists confirmations that belong to nothing", () => {
    const stray = { timestamp: at(1), timestampReceived: at(1), messageStatus: "OK" as const };
    const result = fold({ kind: "requestConfirmation", version: "1.2", body: { confirmationHeader: stray } });
    expect(result.outcomes).to.deep.equal({ unassignable: 1 });
  });

  it("takes request numbers that mean something to JavaScript", () => {
    const odd = { request: "__proto__" };
    expect(fold(ask(0, "Loan", odd), say(5, "Loaned", odd)).drafts[0]?.request).to.equal("__proto__");
  });
});
