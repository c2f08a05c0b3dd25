import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { periodEnd } from "../../../../src/core/period.ts";
import { sendClose } from "../../../../src/sdk/periods.ts";
import { broken } from "../../../support/en16931.ts";
import { createLibraries, type Libraries } from "../../../support/libraries.ts";
import { NETWORK_OCTOBER } from "../../../support/network.ts";
import { textOf } from "../../../support/pdf.ts";

/** What an office makes of a closed month by nothing but the command line. */
describe("the command line, for an office's papers", () => {
  let libraries: Libraries;
  const office = (words: string, code = 0) => libraries.run(words, undefined, code);
  before(async () => {
    libraries = await createLibraries();
    const { network, folder, supplier, consumer } = libraries;
    const sample = JSON.parse(await readFile("examples/office.json", "utf8")) as {
      members: Record<string, unknown>;
    };
    const [one, other] = Object.values(sample.members);
    sample.members = { [supplier.isil]: one, [consumer.isil]: other };
    await writeFile(join(folder, "office.json"), JSON.stringify(sample));
    await libraries.write(1, ["REQ-1", "REQ-2"], { signed: true });
    await libraries.run("statement post 3-1", supplier);
    expect((await office("document invoice 4 2026-10 --office office.json", 3))["error"].code).to.equal(
      "MonthNotClosed",
    );
    await network.chain.setTime(periodEnd(NETWORK_OCTOBER));
    await sendClose(network.admin);
  });
  after(() => libraries.close());

  const read = (name: string) => readFile(join(libraries.folder, "papers", name));

  it("makes an invoice that other programs read, and the same bytes again", async () => {
    const words = `document invoice ${libraries.consumer.isil} 2026-10 --office office.json`;
    const made = await office(words);
    expect(made).to.include({ number: "2026-10-XA-N2-I", total: "24.52", prepaid: "24.52", due: "0.00" });
    const [pdf, xml] = [await read("2026-10-XA-N2-I.pdf"), await read("2026-10-XA-N2-I.xml")];
    expect(broken(xml.toString())).to.deep.equal([]);
    const text = await textOf(pdf);
    for (const part of [
      "Invoice",
      "2026-10-XA-N2-I",
      "National Library of Alderland",
      "24.52",
      "Statement 3-1",
      "audit run",
    ]) {
      expect(text).to.include(part);
    }
    await office(words);
    expect(Buffer.compare(await read("2026-10-XA-N2-I.pdf"), pdf)).to.equal(0);
    expect((await read("2026-10-XA-N2-I.xml")).toString()).to.equal(xml.toString());
  });

  it("makes a credit memo for who supplied", async () => {
    const made = await office("document credit-memo 3 2026-10 --office office.json");
    expect(made).to.include({ number: "2026-10-XA-N1-C", total: "24.00", due: "0.00" });
    expect(broken((await read("2026-10-XA-N1-C.xml")).toString())).to.deep.equal([]);
    expect(await textOf(await read("2026-10-XA-N1-C.pdf"))).to.include("Credited in the ledger");
  });

  it("makes nothing where there is nothing to bill, and says so", async () => {
    const made = await office("document invoice 3 2026-10 --office office.json --out nothing");
    expect(made).to.deep.equal({ member: "XA-N1", month: "2026-10", files: {} });
    expect(await readdir(libraries.folder)).to.not.include("nothing");
  });

  it("asks for what is owed on the chain, with its number and the office's account", async () => {
    // The consumer spent what a sponsor advanced.
    await libraries.run("account advance 3 4 20.00", libraries.supplier);
    await writeFile(join(libraries.folder, "invoice.txt"), "20.00");
    await libraries.run("invoice raise 3 4 2026-10 20.00 --document invoice.txt", libraries.supplier);
    const made = await office("document invoice 4 2026-10 --office office.json --out asked");
    expect(made).to.include({ due: "20.00", prepaid: "4.52" });
    const text = await textOf(await readFile(join(libraries.folder, "asked", "2026-10-XA-N2-I.pdf")));
    expect(text).to.include("IBAN DE89 3704 0044 0532 0130 00").and.include("invoice 1");
  });

  it("refuses who is not in the office file, and an office of another currency", async () => {
    const { folder } = libraries;
    const file = JSON.parse(await readFile(join(folder, "office.json"), "utf8")) as Record<string, unknown>;
    await writeFile(join(folder, "empty.json"), JSON.stringify({ ...file, members: {} }));
    await writeFile(join(folder, "swiss.json"), JSON.stringify({ ...file, currency: "CHF" }));
    const code = async (name: string) =>
      (await office(`document invoice 4 2026-10 --office ${name}`, 1))["error"].code as string;
    expect(await code("empty.json")).to.equal("PartyUnknown");
    expect(await code("swiss.json")).to.equal("OfficeCurrencyDiffers");
    expect((await office("document invoice commons 2026-10 --office office.json", 1))["error"].code).to.equal(
      "PartyReserved",
    );
  });
});
