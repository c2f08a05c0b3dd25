import { expect } from "chai";
import { foldExchanges } from "../../../../src/connectors/iso18626/fold/fold.ts";
import { parseMessage, type Message } from "../../../../src/connectors/iso18626/message.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";
import { failure } from "./support.ts";

const STATUS =
  "RequestReceived, ExpectToSupply, WillSupply, Loaned, Overdue, Recalled, RetryPossible, Unfilled, HoldReturn, " +
  "ReleaseHoldReturn, CopyCompleted, LoanCompleted, CompletedWithoutReturn, Cancelled, Lost";
const MOMENT = "a date and time with its zone, such as 2026-10-01T09:30:00Z";
const TEMPLATE = "mod-rs__service__src__integration-test__resources__isoMessages__";
const SAMPLE = "mod-rs__service__src__test__resources__ISO18626__";
const placeholder = (value: string): string =>
  `supplyingAgencyMessage/header/timestamp is "${value}"; expected ${MOMENT}.`;

/** What each real file comes to: the kind of message it is, or the exact reason why it is refused. */
const TABLE: Readonly<Record<string, string>> = {
  "mod-rs__okapi-scripts__iso18626_req_1.xml": "request",
  "mod-rs__protocol_tests__case1_request.xml": "request",
  [`${TEMPLATE}cancelResponseReplyNoTemplate.xml`]: placeholder("_TIMESTAMP_"),
  [`${TEMPLATE}illmockrequest.xml`]: "request",
  [`${TEMPLATE}patronRequest.xml`]: "request",
  [`${TEMPLATE}patronRequestRetry.xml`]:
    "request/header/requestingAgencyId/agencyIdValue is missing; expected exactly one, not empty.",
  [`${TEMPLATE}statusChangeExpectToSupplyTemplate.xml`]: placeholder("_TIMESTAMP_"),
  [`${TEMPLATE}statusChangeUnfilledTemplate.xml`]: placeholder("_TIMESTAMP_"),
  [`${TEMPLATE}supplyingAgencyMessage_statusChange.xml`]: `supplyingAgencyMessage/statusInfo/status is "status_holder"; expected one of ${STATUS}.`,
  [`${TEMPLATE}unfilledNotification.xml`]: placeholder("timestamp_holder"),
  [`${SAMPLE}request.xml`]: "request",
  [`${SAMPLE}requestConfirmation.xml`]: "requestConfirmation",
  [`${SAMPLE}requestingAgencyMessage.xml`]: "requestingAgencyMessage",
  [`${SAMPLE}requestingAgencyMessageConfirmation.xml`]: "requestingAgencyMessageConfirmation",
  [`${SAMPLE}supplyingAgencyMessage.xml`]: "supplyingAgencyMessage",
  [`${SAMPLE}supplyingAgencyMessageConfirmation.xml`]: "supplyingAgencyMessageConfirmation",
};

/** The templates above with their placeholders filled in, as their own system does before it sends them. */
const FILLED: Readonly<Record<string, string>> = {
  _TIMESTAMP_: "2026-10-02T09:00:00Z",
  timestamp_holder: "2026-10-02T09:00:00Z",
  status_holder: "Loaned",
  _REQUEST_ID_: "R1",
  _SUPPLY_AGENCY_ID_: "XA-S",
  _REQUEST_AGENCY_ID_: "XA-C",
};

describe("ISO 18626 messages that others wrote", () => {
  const files = sharedFiles("iso18626");
  before(needs(files, "iso18626"));

  it("are all in the table", () => {
    expect(files?.map(({ name }) => name).sort()).to.deep.equal(Object.keys(TABLE).sort());
  });

  for (const [name, expected] of Object.entries(TABLE)) {
    it(name, () => {
      const content = files?.find((file) => file.name === name)?.content ?? "";
      if (/^\w+$/.test(expected)) expect(parseMessage(content).kind).to.equal(expected);
      else
        expect(failure(() => parseMessage(content))).to.include({ code: "Iso18626Field", message: expected });
    });
  }

  it("parse as templates once their placeholders are filled", () => {
    for (const { name, content } of files ?? []) {
      if (!name.startsWith(TEMPLATE) || name.includes("Retry")) continue;
      let filled = content;
      for (const [holder, value] of Object.entries(FILLED)) filled = filled.replaceAll(holder, value);
      expect(parseMessage(filled).kind, name).to.be.a("string");
    }
  });

  it("make no record: they are samples, and the fold says why of each", () => {
    const messages: Message[] = (files ?? []).flatMap(({ name, content }) =>
      /^\w+$/.test(TABLE[name] ?? "") ? [parseMessage(content)] : [],
    );
    const { drafts, exceptions } = foldExchanges(messages, { currency: "EUR" });
    expect(drafts).to.deep.equal([]);
    const reasons = exceptions.map(({ request, reason }) => `${request}: ${reason}`).sort();
    expect(reasons).to.deep.equal([
      "49837539: impossible-time",
      "49837539: impossible-time",
      "DMMYNIA2-1: impossible-time",
      "requestId_holder: no-supplier",
      "requestingAgencyRequestId1: impossible-time",
    ]);
  });
});

describe("ReShare scenario steps that others wrote", () => {
  const files = sharedFiles("reshare-scenarios");
  before(needs(files, "reshare-scenarios"));

  it("are actions of a system, not messages: each is refused as no XML", () => {
    expect(files?.length).to.be.greaterThan(50);
    for (const { name, content } of files ?? []) {
      expect(failure(() => parseMessage(content)).code, name).to.equal("Iso18626NotXml");
    }
  });
});
