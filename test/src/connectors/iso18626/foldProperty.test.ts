import { expect } from "chai";
import fc from "fast-check";
import { exampleMonth } from "../../../../examples/generator/month.ts";
import { Random } from "../../../../examples/generator/random.ts";
import { ACTIONS, STATUSES } from "../../../../src/connectors/iso18626/codes.ts";
import type { Fold } from "../../../../src/connectors/iso18626/fold/fold.ts";
import { parseMessage, type Message } from "../../../../src/connectors/iso18626/message.ts";
import { act, ask, confirm, costs, fold, json, say } from "./support.ts";

const hours = fc.integer({ min: 0, max: 6 });
const price = fc.constantFrom("5", "9", "20").map((value) => costs(value));
const who = fc.record({ supplier: fc.constantFrom("XA-S", "XA-T"), request: fc.constantFrom("R1", "R2") });

const anything: fc.Arbitrary<Message> = fc.oneof(
  fc
    .tuple(
      hours,
      fc.constantFrom("Loan", "Copy", "CopyOrLoan", "Scan"),
      who,
      price,
      fc.constantFrom("New", "Retry", "Reminder"),
    )
    .map(([hour, service, parties, maximum, requestType]) =>
      ask(hour, service, { ...parties, maximum, info: { requestType: requestType } }),
    ),
  fc
    .tuple(
      hours,
      fc.constantFrom(...STATUSES),
      who,
      hours,
      fc.option(price),
      fc.constantFrom("Y", "N", undefined),
    )
    .map(([hour, status, parties, changed, cost, answer]) =>
      say(hour, status, {
        ...parties,
        changed,
        ...(cost === null ? {} : { delivery: { deliveryCosts: [cost] } }),
        ...(answer === undefined ? {} : { answer: answer as "Y" }),
      }),
    ),
  fc
    .tuple(hours, fc.constantFrom(...ACTIONS), who)
    .map(([hour, action, parties]) => act(hour, action, parties)),
  fc
    .tuple(hours, fc.constantFrom("request", "supplyingAgencyMessage"), fc.constantFrom("OK", "ERROR"))
    .map(([hour, of, verdict]) => confirm(hour, of as "request", verdict as "OK")),
);

/** A fold without the counts that repeats may change. */
function said(whole: Fold): Omit<Fold, "messages" | "repeats"> {
  const { drafts, exceptions, notices, outcomes, exchanges } = whole;
  return { drafts, exceptions, notices, outcomes, exchanges };
}

function disturbed(messages: readonly Message[]): fc.Arbitrary<Message[]> {
  const all = [...messages];
  return fc
    .tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all))
    .chain(([shuffled, repeated]) => {
      const both = [...shuffled, ...repeated];
      return fc.shuffledSubarray(both, { minLength: both.length });
    });
}

describe("foldExchanges, given any messages", () => {
  it("comes to the same whatever their order and however often they come", () => {
    const pile = fc
      .array(anything, { maxLength: 14 })
      .chain((messages) => fc.tuple(fc.constant(messages), disturbed(messages)));
    fc.assert(
      fc.property(pile, ([messages, other]) => {
        expect(said(fold(...other))).to.deep.equal(said(fold(...messages)));
      }),
      { numRuns: 1000 },
    );
  });

  it("comes to the same on the example month", () => {
    const messages = exampleMonth().files.map(({ content }) => parseMessage(content));
    const straight = json(said(fold(...messages)));
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const pile = messages.map((message) => ({ message, place: random.below(2 ** 30) }));
        const shuffled = pile.sort((a, b) => a.place - b.place).map(({ message }) => message);
        expect(json(said(fold(...shuffled, ...shuffled.slice(0, 200)))) === straight).to.equal(true);
      }),
      { numRuns: 5 },
    );
  }).timeout(20_000);

  it("accounts for every exchange once: a draft or an exception, a lost item only beside a loan", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 14 }), (messages) => {
        const { drafts, exceptions, exchanges } = fold(...messages);
        const supplied = drafts.filter(({ service }) => service !== "lost");
        const about = [...supplied, ...exceptions].map(({ supplier, request }) => `${supplier} ${request}`);
        expect(new Set(about).size).to.equal(about.length).and.equal(exchanges);
        const loans = supplied
          .filter(({ service }) => service === "loan")
          .map(({ supplier, request }) => `${supplier} ${request}`);
        for (const lost of drafts.filter(({ service }) => service === "lost")) {
          expect(loans).to.include(`${lost.supplier} ${lost.request}`);
        }
        for (const { cost, maximum } of drafts) {
          if (cost !== undefined && maximum !== undefined) expect(cost <= maximum).to.equal(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});
