import { expect } from "chai";
import { exampleMonth } from "../../../../examples/generator/month.ts";
import { foldExchanges } from "../../../../src/connectors/iso18626/fold/fold.ts";
import { requestOutcomes } from "../../../../src/connectors/iso18626/fold/outcomes.ts";
import { parseMessage } from "../../../../src/connectors/iso18626/message.ts";
import { act, ask, at, say } from "./support.ts";

const of = (...messages: Parameters<typeof requestOutcomes>[0]) => requestOutcomes(messages, "EUR");
const about = { consumer: "ISIL:XA-C", request: "R1", askedAt: at(0) / 1000 };

describe("requestOutcomes", () => {
  it("tells when a request was sent and when it was supplied", () => {
    const [one, ...others] = of(ask(0, "Loan"), say(5, "Loaned"), say(90, "LoanCompleted"));
    expect(others).to.deep.equal([]);
    expect(one).to.deep.include({ ...about, outcome: "filled" });
    expect(one?.filledAt).to.equal(at(5) / 1000);
  });

  it("counts a lost loan once, as the loan that it was", () => {
    const told = of(ask(0, "Loan"), say(5, "Loaned"), act(30, "Lost"));
    expect(told).to.deep.equal([{ ...about, outcome: "filled", filledAt: at(5) / 1000 }]);
  });

  it("tells what came to nothing from what is still open", () => {
    expect(of(ask(0, "Loan"), say(5, "Unfilled"))).to.deep.equal([{ ...about, outcome: "unfilled" }]);
    expect(of(ask(0, "Loan"), say(5, "WillSupply"))).to.deep.equal([{ ...about, outcome: "open" }]);
    expect(of(ask(0, "Loan"))).to.deep.equal([{ ...about, outcome: "open" }]);
  });

  it("knows no time of a request that is not at hand", () => {
    const [one] = of(say(5, "Loaned"));
    expect(one).to.deep.equal({ consumer: "ISIL:XA-C", request: "R1", outcome: "open" });
  });

  it("tells of every exchange of a month but those that were sent again", () => {
    const messages = exampleMonth().files.map(({ content }) => parseMessage(content));
    const { exchanges, outcomes } = foldExchanges(messages, { currency: "EUR" });
    const told = requestOutcomes(messages, "EUR");
    expect(outcomes.retried).to.be.greaterThan(0);
    expect(told).to.have.length(exchanges - (outcomes.retried ?? 0));
    const filled = told.filter(({ outcome }) => outcome === "filled");
    expect(filled).to.have.length((outcomes.loan ?? 0) + (outcomes.copy ?? 0));
    expect(told.filter(({ outcome }) => outcome === "unfilled").length).to.be.greaterThan(0);
    expect(requestOutcomes([...messages].reverse(), "EUR")).to.deep.equal(told);
  });
});
