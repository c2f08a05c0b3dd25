import { expect } from "chai";
import { readNotices } from "../../../../src/documents/payment/bankFile.ts";
import type { ConsortiaError } from "../../../../src/core/error.ts";

const SPACE = "urn:iso:std:iso:20022:tech:xsd";
const document = (kind: string, body: string) =>
  `<?xml version="1.0"?><Document xmlns="${SPACE}:${kind}">${body}</Document>`;
const entry = (body: string, more = "<CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>") =>
  `<Ntry><Amt Ccy="EUR">300.00</Amt>${more}<AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls>${body}</NtryDtls></Ntry>`;
const details = (id: string, more = "") =>
  `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${more}</TxDtls>`;
const camt = (body: string, version = "08") =>
  document(
    `camt.054.001.${version}`,
    `<BkToCstmrDbtCdtNtfctn><Ntfctn>${body}</Ntfctn></BkToCstmrDbtCdtNtfctn>`,
  );
const pain = (body: string, group = "") =>
  document(
    "pain.002.001.10",
    `<CstmrPmtStsRpt><OrgnlGrpInfAndSts>${group}</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>${body}</OrgnlPmtInfAndSts></CstmrPmtStsRpt>`,
  );
const status = (id: string, more: string) =>
  `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId>${more}</TxInfAndSts>`;

function codeOf(text: string): string {
  try {
    readNotices(text);
    return "none";
  } catch (error) {
    return (error as ConsortiaError).code;
  }
}

describe("a bank's file", () => {
  it("tells of bookings one by one, a batch's too, in old versions and new", () => {
    const batch = entry(
      details("R1", '<Amt Ccy="EUR">100.00</Amt>') +
        details("R2", '<AmtDtls><TxAmt><Amt Ccy="EUR">200.00</Amt></TxAmt></AmtDtls>'),
    );
    const old = entry(details("R3"), "<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>");
    expect(readNotices(camt(batch + old, "02"))).to.deep.equal([
      { endToEndId: "R1", state: "booked", amount: "100.00", currency: "EUR", reference: "B-1" },
      { endToEndId: "R2", state: "booked", amount: "200.00", currency: "EUR", reference: "B-1" },
      { endToEndId: "R3", state: "booked", amount: "300.00", currency: "EUR", reference: "B-1" },
    ]);
    const statement = document(
      "camt.053.001.02",
      `<BkToCstmrStmt><Stmt>${entry(details("R4"))}</Stmt></BkToCstmrStmt>`,
    );
    expect(readNotices(statement)).to.have.length(1);
  });

  it("does not take for booked what is pending, comes in, is taken back or returned", () => {
    const state = (more: string, inside = "") =>
      readNotices(camt(entry(details("R1", inside), more)))[0]?.state;
    expect(state("<CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>")).to.equal("waiting");
    expect(state("<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>")).to.equal("returned");
    expect(state("<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts>")).to.equal(
      "returned",
    );
    const returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>";
    expect(readNotices(camt(entry(details("R1", returned))))[0]).to.include({
      state: "returned",
      reason: "AC04",
    });
  });

  it("tells of statuses, a transfer's own before its payment's and its file's", () => {
    const reasons =
      "<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>Unknown account</AddtlInf></StsRsnInf>";
    const all =
      status("R1", reasons) +
      status("R2", "<TxSts>ACSC</TxSts><AcctSvcrRef>B-2</AcctSvcrRef>") +
      status("R3", "<TxSts>ACSP</TxSts>") +
      status("R4", "");
    expect(readNotices(pain(all, "<GrpSts>PART</GrpSts>"))).to.deep.equal([
      { endToEndId: "R1", state: "rejected", reason: "AC01: Unknown account" },
      { endToEndId: "R2", state: "booked", reference: "B-2" },
      { endToEndId: "R3", state: "waiting" },
      { endToEndId: "R4", state: "waiting" },
    ]);
    expect(readNotices(pain(status("R1", ""), "<GrpSts>RJCT</GrpSts>"))[0]).to.include({ state: "rejected" });
  });

  it("is told aloud where the bank rejected a whole file and names no transfer", () => {
    const group =
      "<OrgnlMsgId>CONSORTIA-1</OrgnlMsgId><GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM05</Cd></Rsn></StsRsnInf>";
    expect(() => readNotices(pain("", group))).to.throw(/whole file CONSORTIA-1: AM05/);
  });

  it("is read with prefixes and comments, and without transfers that name nothing", () => {
    const prefixed = `<d:Document xmlns:d="${SPACE}:camt.054.001.08"><!-- R9 --><d:BkToCstmrDbtCdtNtfctn/></d:Document>`;
    expect(readNotices(prefixed)).to.deep.equal([]);
    expect(readNotices(camt(entry(details("NOTPROVIDED") + "<TxDtls/>")))).to.deep.equal([]);
  });

  it("is refused where it is something else", () => {
    expect(codeOf(document("pain.001.001.09", "<CstmrCdtTrfInitn/>"))).to.equal("BankFileUnknown");
    expect(codeOf("<Document/>")).to.equal("BankFileUnknown");
    expect(codeOf(camt("").replace("Document", "Dokument").replace("</Document", "</Dokument"))).to.equal(
      "BankFileUnknown",
    );
    for (const text of ["", "R1", "<Document", camt(entry("")) + "<more/>", "<a:b/>", "\u0000"]) {
      expect(codeOf(text), text.slice(0, 20)).to.equal("XmlInvalid");
    }
  });

  it("is refused with document types, entities of its own, endless nesting or length", () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${"b".repeat(99)}"><!ENTITY c "&a;&a;">]>`;
    expect(codeOf(camt("").replace("<Document", `${bomb}<Document`))).to.equal("XmlDoctype");
    expect(codeOf(camt("<a>&xxe;</a>"))).to.equal("XmlInvalid");
    expect(codeOf(camt("<a>".repeat(100_000)))).to.equal("XmlTooDeep");
    expect(codeOf(camt(" ".repeat(64 * 1024 * 1024)))).to.equal("XmlTooLarge");
  });
});
