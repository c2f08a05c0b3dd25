import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Printed } from "../../../support/cli.ts";
import { createLibraries, type Libraries } from "../../../support/libraries.ts";
import { lacking } from "../../../support/pain001.ts";

const SPACE = "urn:iso:std:iso:20022:tech:xsd";

/** How credits leave through the bank, by nothing but the command line. */
describe("the command line, for payments by the bank", () => {
  let libraries: Libraries;
  let ids: string[] = [];
  const office = (words: string, code = 0) => libraries.run(words, undefined, code);
  const consumer = (words: string) => libraries.run(words, libraries.consumer);
  const payFile = (more: string, code = 0) =>
    office(
      `document payment-file --office office.json --instructions instructions --date 2026-11-02 ${more}`,
      code,
    );

  before(async () => {
    libraries = await createLibraries();
    const { folder, supplier, consumer: holder } = libraries;
    const sample = JSON.parse(await readFile("examples/office.json", "utf8")) as {
      members: Record<string, unknown>;
    };
    const [one, other] = Object.values(sample.members);
    await writeFile(
      join(folder, "office.json"),
      JSON.stringify({ ...sample, members: { [supplier.isil]: one, [holder.isil]: other } }),
    );
    await office("credit commit 4 500.00 --document office.json");
    await office("credit confirm-payment 4 400.00 --payment RF-1");
    await office(`credit issue ${holder.key.address} 500.00`);
  });
  after(() => libraries.close());

  it("writes instructions, never over one that is there", async () => {
    const made = await office("credit instruction XA-N2 --reference April --out instructions/one.json");
    expect(made["instruction"]).to.match(/^0x[0-9a-f]{64}$/);
    const again = await office("credit instruction XA-N2 --out instructions/one.json", 2);
    expect(again["error"].code).to.equal("FileExists");
    const redeemed = await consumer("credit redeem 300.00 --instruction instructions/one.json");
    expect(redeemed["instruction"]).to.equal(made["instruction"]);
  });

  it("makes a file of what waits, and says of each redemption why it is not in it", async () => {
    await consumer("credit redeem 7.50 --instruction instructions/one.json");
    expect(await payFile("--out payments/1.xml")).to.deep.include({
      transfers: 2,
      total: "307.50",
      refused: [],
    });
    await consumer("credit redeem 1.005 --instruction instructions/one.json");
    await consumer("credit redeem 50.00 --instruction office.json");
    const made = await payFile("--out other/1.xml", 1);
    expect(made).to.include({ file: "other/1.xml", transfers: 2, total: "307.50" });
    expect(rows(made, "refused").map(({ redemption, code }) => [redemption, code])).to.deep.equal([
      [3, "AmountUnpayable"],
      [4, "InstructionMissing"],
    ]);
    const xml = await readFile(join(libraries.folder, "payments/1.xml"), "utf8");
    expect(lacking(xml)).to.deep.equal([]);
    expect(await readFile(join(libraries.folder, "other/1.xml"), "utf8")).to.equal(xml);
    expect(xml).to.include("Treasury of the National Library").and.include("Redemption 1 April");
    ids = rows(made, "payments").map(({ endToEndId }) => String(endToEndId));
  });

  it("leaves out what an earlier file holds, unless it is to be paid again", async () => {
    const none = await payFile("--out payments/2.xml", 1);
    expect(none)
      .to.deep.include({ transfers: 0, alreadySent: [1, 2] })
      .and.not.have.property("file");
    expect((await payFile("--out payments/1.xml --again 2", 2))["error"].code).to.equal("FileExists");
    const again = await payFile("--out payments/2.xml --again 2", 1);
    expect(again).to.deep.include({ transfers: 1, total: "7.50", alreadySent: [1] });
    expect(again["earlier"]["transfers"]).to.equal(2);
    await writeFile(join(libraries.folder, "payments/3.xml"), "<broken");
    expect((await payFile("--out payments/4.xml", 1))["error"].code).to.equal("EarlierUnreadable");
    expect(
      (await payFile("--out payments/4.xml --earlier nowhere --date 2026-02-30", 2))["error"].code,
    ).to.match(/invalidArgument/);
    expect((await payFile("--out other/4.xml --earlier nowhere", 2))["error"].code).to.equal(
      "FolderUnreadable",
    );
    expect((await payFile("--out other/4.pain", 2))["error"].code).to.match(/invalidArgument/);
  });

  it("confirms what the bank booked, once, and lists what it rejected", async () => {
    const [first = "", second = ""] = ids;
    await bank("rejected.xml", rejection(second));
    const rejected = await office("credit confirm-file rejected.xml", 1);
    expect(rejected).to.deep.include({ confirmed: [], rejected: [{ redemption: 2, reason: "AC04" }] });
    await bank("wrong.xml", booking(first, "299.99"));
    const wrong = await office("credit confirm-file wrong.xml", 1);
    expect(rows(wrong, "doubtful")[0]).to.include({ redemption: 1 });
    const twice = booking(first, "300.00").replace(
      /<Ntry>.*<\/Ntry>/s,
      (one) => one + one.replace("B-77", "B-78"),
    );
    await bank("twice.xml", twice);
    expect(rows(await office("credit confirm-file twice.xml", 1), "doubtful")[0]).to.include({
      redemption: 1,
    });
    await bank("booked.xml", booking(first, "300.00"));
    const booked = await office("credit confirm-file booked.xml");
    expect(rows(booked, "confirmed")[0]).to.include({
      redemption: 1,
      amount: "300.00",
      reference: `B-77 ${first}`,
    });
    const replayed = await office("credit confirm-file booked.xml");
    expect(replayed).to.deep.include({ confirmed: [], already: [1], others: 0 });
    const waiting = rows(await office("credit show"), "redemptions").map(({ redemption }) => redemption);
    expect(waiting).to.deep.equal([2, 3, 4]);
  });

  it("confirms nothing of other consortia's transfers, of what came back, or of a hostile file", async () => {
    const [, second = ""] = ids;
    const state = async () => rows(await office("credit show"), "redemptions").length;
    await bank(
      "other.xml",
      booking(
        second.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
        "7.50",
      ),
    );
    expect(await office("credit confirm-file other.xml")).to.deep.include({ confirmed: [], others: 1 });
    await bank("back.xml", booking(second, "7.50").replace("DBIT", "CRDT"));
    expect(rows(await office("credit confirm-file back.xml", 1), "doubtful")[0]).to.include({
      redemption: 2,
    });
    await bank(
      "doctype.xml",
      booking(second, "7.50").replace("<Document", '<!DOCTYPE d [<!ENTITY x "y">]><Document'),
    );
    expect((await office("credit confirm-file doctype.xml", 1))["error"].code).to.equal("XmlDoctype");
    await mkdir(join(libraries.folder, "folder.xml"));
    expect((await office("credit confirm-file folder.xml", 1))["error"].code).to.equal("FileUnreadable");
    expect(await state()).to.equal(3);
  });

  it("lets nobody but the treasurer confirm", async () => {
    const [, second = ""] = ids;
    await bank("late.xml", booking(second, "7.50"));
    const refused = await libraries.run("credit confirm-file late.xml", libraries.consumer, 1);
    expect(refused["error"]).to.be.an("object");
  });

  const rows = (printed: Printed, name: string) => printed[name] as Record<string, unknown>[];
  const bank = (name: string, xml: string) => writeFile(join(libraries.folder, name), xml);
});

function booking(id: string, amount: string): string {
  return `<Document xmlns="${SPACE}:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Ntry>
    <Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><AcctSvcrRef>B-77</AcctSvcrRef>
    <NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;
}

function rejection(id: string): string {
  return `<Document xmlns="${SPACE}:pain.002.001.10"><CstmrPmtStsRpt><OrgnlPmtInfAndSts><TxInfAndSts>
    <OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>
    </TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
}
