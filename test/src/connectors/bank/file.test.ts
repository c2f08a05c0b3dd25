import { expect } from "chai";
import { readNotices as read } from "../../../../src/connectors/bank/file.ts";
import { bytesOf, codeOf as code } from "../../../support/bytes.ts";

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

const readNotices = (text: string) => read(bytesOf(text));
const codeOf = (text: string) => code(readNotices(text));

describe("a bank's file", () => {
  it("tells of bookings one by one, a batch's too, in old versions and new", async () => {
    const batch = entry(
      details("R1", '<Amt Ccy="EUR">100.00</Amt>') +
        details("R2", '<AmtDtls><TxAmt><Amt Ccy="EUR">200.00</Amt></TxAmt></AmtDtls>'),
    );
    const old = entry(details("R3"), "<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>");
    expect(await readNotices(camt(batch + old, "02"))).to.deep.equal([
      { endToEndId: "R1", state: "booked", amount: "100.00", currency: "EUR", reference: "B-1" },
      { endToEndId: "R2", state: "booked", amount: "200.00", currency: "EUR", reference: "B-1" },
      { endToEndId: "R3", state: "booked", amount: "300.00", currency: "EUR", reference: "B-1" },
    ]);
    const statement = document(
      "camt.053.001.02",
      `<BkToCstmrStmt><Stmt>${entry(details("R4"))}</Stmt></BkToCstmrStmt>`,
    );
    expect(await readNotices(statement)).to.have.length(1);
  });

  it("does not take for booked what is pending, comes in, is taken back or returned", async () => {
    const state = async (more: string, inside = "") =>
      (await readNotices(camt(entry(details("R1", inside), more))))[0]?.state;
    expect(await state("<CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>")).to.equal("waiting");
    expect(await state("<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>")).to.equal("returned");
    expect(
      await state("<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts>"),
    ).to.equal("returned");
    const returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>";
    expect((await readNotices(camt(entry(details("R1", returned)))))[0]).to.include({
      state: "returned",
      reason: "AC04",
    });
  });

  it("tells of statuses, a transfer's own before its payment's and its file's", async () => {
    const reasons =
      "<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>Unknown account</AddtlInf></StsRsnInf>";
    const all =
      status("R1", reasons) +
      status("R2", "<TxSts>ACSC</TxSts><AcctSvcrRef>B-2</AcctSvcrRef>") +
      status("R3", "<TxSts>ACSP</TxSts>") +
      status("R4", "");
    expect(await readNotices(pain(all, "<GrpSts>PART</GrpSts>"))).to.deep.equal([
      { endToEndId: "R1", state: "rejected", reason: "AC01: Unknown account" },
      { endToEndId: "R2", state: "booked", reference: "B-2" },
      { endToEndId: "R3", state: "waiting" },
      { endToEndId: "R4", state: "waiting" },
    ]);
    expect((await readNotices(pain(status("R1", ""), "<GrpSts>RJCT</GrpSts>")))[0]).to.include({
      state: "rejected",
    });
  });

  it("is told aloud where the bank rejected a whole file and names no transfer", async () => {
    const group =
      "<OrgnlMsgId>CONSORTIA-1</OrgnlMsgId><GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM05</Cd></Rsn></StsRsnInf>";
    const refused = await readNotices(pain("", group)).catch(String);
    expect(refused).to.match(/whole file CONSORTIA-1: AM05/);
    const payment = "<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>AC02</Cd></Rsn></StsRsnInf>";
    const other = await readNotices(pain(payment, "<OrgnlMsgId>CONSORTIA-1</OrgnlMsgId>")).catch(String);
    expect(other).to.match(/whole file CONSORTIA-1: AC02/);
  });

  it("is read with prefixes and comments, and without transfers that name nothing", async () => {
    const prefixed = `<d:Document xmlns:d="${SPACE}:camt.054.001.08"><!-- R9 --><d:BkToCstmrDbtCdtNtfctn/></d:Document>`;
    expect(await readNotices(prefixed)).to.deep.equal([]);
    expect(await readNotices(camt(entry(details("NOTPROVIDED") + "<TxDtls/>")))).to.deep.equal([]);
  });

  it("is refused where it is something else", async () => {
    expect(await codeOf(document("pain.001.001.09", "<CstmrCdtTrfInitn/>"))).to.equal("BankFileUnknown");
    expect(await codeOf("<Document/>")).to.equal("BankFileUnknown");
    expect(
      await codeOf(camt("").replace("Document", "Dokument").replace("</Document", "</Dokument")),
    ).to.equal("BankFileUnknown");
    for (const text of ["R1", camt(entry("")) + "<more/>", "<a:b/>", "\u0000"]) {
      expect(await codeOf(text), text.slice(0, 20)).to.equal("XmlMalformed");
    }
    for (const text of ["", "<Document"]) expect(await codeOf(text)).to.equal("XmlCut");
  });

  it("is refused with document types, entities of its own, endless nesting or length", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${"b".repeat(99)}"><!ENTITY c "&a;&a;">]>`;
    expect(await codeOf(camt("").replace("<Document", `${bomb}<Document`))).to.equal("XmlDoctype");
    expect(await codeOf(camt("<a>&xxe;</a>"))).to.equal("XmlMalformed");
    expect(await codeOf(camt("<a>".repeat(100_000)))).to.equal("XmlTooDeep");
    expect(await codeOf(camt(" ".repeat(1 << 21)))).to.equal("XmlTokenTooLong");
    expect(await codeOf(camt("<a>0123456789</a>".repeat(2_000_000)))).to.equal("XmlRecordTooLarge");
  });
});
