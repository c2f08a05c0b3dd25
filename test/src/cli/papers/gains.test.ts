import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { id } from "ethers";
import { isil } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { readPeriod, sendClose } from "../../../../src/sdk/periods.ts";
import { readAccount } from "../../../../src/sdk/accounts.ts";
import { sendApplication, sendAdmission } from "../../../../src/sdk/members.ts";
import { createLibraries, type Libraries } from "../../../support/libraries.ts";
import { textOf } from "../../../support/pdf.ts";
import type { Printed } from "../../../support/cli.ts";

type Row = Record<string, string>;

/** What an office and a director do about closed months by nothing but the command line. */
describe("the command line, for a statement and a journal", () => {
  let libraries: Libraries;
  let run: (words: string, code?: number) => Promise<Printed>;
  let late: string;
  before(async function () {
    this.timeout(120_000);
    libraries = await createLibraries();
    const { network, supplier, consumer } = libraries;
    run = (words, code = 0) => libraries.run(words, undefined, code);
    await libraries.write(1, ["r1", "r2"], { signed: true });
    await libraries.run("statement post 3-1", supplier);
    await close();
    await libraries.write(2, ["r3"], { signed: true });
    await libraries.run("statement post 3-2", supplier);
    await libraries.run("refund give 3-1 --all", supplier);
    const { asset } = network.admin.contracts;
    await (await asset.confirmPayment(consumer.id, parseCredits("10"), id("bank"))).wait();
    const key = network.nextKey();
    const symbol = isil("XA-LATE");
    const application = { isil: symbol, kind: 1, tier: 1, constituency: 1, region: 1, payee: key.address };
    await close();
    const { member } = await sendApplication(network.admin, application);
    await sendAdmission(network.admin, member);
    late = symbol;
    const office = JSON.parse(await readFile("examples/office.json", "utf8")) as object;
    const more = { members: {}, units: {}, replacement: { loan: "45.00", copy: "35.00" } };
    await writeFile(join(libraries.folder, "office.json"), JSON.stringify({ ...office, ...more }));
  });
  after(() => libraries.close());

  async function close(): Promise<void> {
    const { chain, admin } = libraries.network;
    const { endsAt } = await readPeriod(admin);
    await chain.setTime(endsAt);
    await sendClose(admin);
  }

  const rowsOf = async (file: string): Promise<Row[]> =>
    parse(await readFile(join(libraries.folder, file), "utf8"), { columns: true, bom: true });

  describe("document statement", () => {
    it("tells costs and benefits, what was saved and on what that rests", async () => {
      const told = await run(`document statement ${libraries.consumer.isil} 2026-10 --office office.json`);
      expect(told).to.include({ net: "-24.52", opening: "0.00", closing: "975.48", position: "-24.52" });
      expect(told).to.include({ alone: "90.00", paid: "24.52", saved: "65.48" });
      expect(told["savings"]).to.deep.equal([
        { service: "loan", quantity: 2, replacement: "45.00", alone: "90.00" },
      ]);
      expect(told["assumption"]).to.match(
        /at the price that .+, in office.json, states \(loan at 45.00 EUR\)/,
      );
      expect(told["headline"]).to.match(/^In October 2026, XA-N2 .* 24\.52 EUR behind.*65\.48 EUR more/);
      const [counts, amounts] = [
        { givenStatements: 0, drawnStatements: 1 },
        { given: "0.00", drawn: "24.00" },
      ];
      const partner = libraries.supplier.isil;
      expect(told["byPartner"]).to.deep.equal([{ partner, ...counts, ...amounts, fees: "0.52" }]);
      expect(told["byService"][0]).to.include({ service: "loan", drawnUnits: 2, drawn: "24.00" });
      const pdf = await textOf(await readFile(join(libraries.folder, told["file"] as string)));
      expect(pdf).to.include(told["headline"]).and.to.include("Where each figure is proven");
      const proof = told["proofs"].find(({ figure }: Row) => figure === "drawn");
      expect(proof).to.include({ document: "statement 3/1", amount: "-24.00", month: "2026-10" });
    });

    it("settles at the close what the ledger's own view says", async () => {
      const { network, consumer, supplier } = libraries;
      for (const { id: member, isil: name } of [consumer, supplier]) {
        const { cash, position } = await readAccount(network.admin, member);
        const { closing } = await run(`document statement ${name} 2026-11`);
        expect(parseCredits(closing as string)).to.equal(cash + position);
      }
    });

    it("sums months up, claims nothing where no price is given, and takes off what was given back", async () => {
      const { consumer } = libraries;
      const words = `document statement ${consumer.isil} --from 2026-10 --to 2026-11`;
      expect(await run(words)).not.to.have.any.keys("saved", "assumption", "savings");
      const told = await run(`${words} --office office.json`);
      // Two loans were given back, whose fees stay; one is left.
      expect(told).to.include({ net: "-12.78", closing: "987.22", alone: "45.00", paid: "12.26" });
      expect(told["months"]).to.deep.equal(["2026-10", "2026-11"]);
    });

    it("refuses open months, those before the ledger, strangers and whoever was no member then", async () => {
      const { consumer } = libraries;
      const code = async (words: string, exit: number) =>
        (await run(`document statement ${words}`, exit))["error"].code as string;
      expect(await code(`${consumer.isil} 2026-12`, 3)).to.equal("MonthNotClosed");
      expect(await code(`${consumer.isil} 2026-08`, 1)).to.equal("MonthBeforeLedger");
      expect(await code(`${consumer.isil} --from 2026-08 --to 2026-10`, 1)).to.equal("MonthBeforeLedger");
      expect(await code("XA-NOBODY 2026-10", 1)).to.equal("MemberUnknown");
      expect(await code("77 2026-10", 1)).to.equal("MemberUnknown");
      expect(await code(`${late} 2026-10`, 1)).to.equal("MemberNotThen");
      expect(await code(consumer.isil, 2)).to.equal("SpanUnclear");
      expect(await code(`${consumer.isil} --from 2026-11 --to 2026-10`, 2)).to.equal("SpanUnclear");
      expect(await code(`${consumer.isil} 2026-10 --to 2026-10`, 2)).to.equal("SpanUnclear");
    });
  });

  describe("document journal", () => {
    it("writes balanced entries of the consortium's books, with what proves each", async () => {
      const told = await run("document journal 2026-10 --out october.csv --balances balances.csv");
      expect(told).to.include({
        month: "2026-10",
        debits: told["credits"],
        stray: "0.00",
        out: "october.csv",
      });
      const rows = await rowsOf("october.csv");
      const sum = (list: Row[], side: string) =>
        list.reduce((all, row) => all + parseCredits(row[side] || "0"), 0n);
      for (const entry of new Set(rows.map((row) => row["entry"]))) {
        const lines = rows.filter((row) => row["entry"] === entry);
        expect(sum(lines, "debit"), entry).to.equal(sum(lines, "credit"));
      }
      const statement = rows.filter((row) => row["document"] === "statement 3/1");
      expect(statement.map((row) => [row["account"], row["debit"], row["credit"]])).to.deep.equal([
        ["2000-3", "", "24.000000"],
        ["2000-4", "24.000000", ""],
        ["2000-4", "0.520000", ""],
        ["2900", "", "0.520000"],
      ]);
      expect(statement[0]).to.include({ period: "2026-10", currency: "EUR" });
      const balances = await rowsOf("balances.csv");
      expect(sum(balances, "closing_debit")).to.equal(sum(balances, "closing_credit"));
      expect(balances.find((row) => row["account"] === "2000-4")).to.include({
        closing_credit: "975.480000",
      });
    });

    it("writes a member's own books, by its own accounts", async () => {
      const accounts = { expense: { number: "68000", name: "=Fernleihe" }, cash: { number: "18000" } };
      await writeFile(join(libraries.folder, "accounts.json"), JSON.stringify(accounts));
      await run(
        `document journal 2026-11 --member ${libraries.consumer.isil} --accounts accounts.json --out own.csv`,
      );
      const rows = await rowsOf("own.csv");
      expect(rows.map((row) => [row["account"], row["debit"], row["credit"]])).to.deep.equal([
        ["18000", "", "12.000000"],
        ["68000", "12.000000", ""],
        ["18000", "", "0.260000"],
        ["6510", "0.260000", ""],
        ["18000", "24.000000", ""],
        ["4510", "", "24.000000"],
        ["1510", "10.000000", ""],
        ["1520", "", "10.000000"],
      ]);
      // A spreadsheet would run it as a formula.
      expect(rows[1]).to.include({ account_name: "'=Fernleihe" });
    });

    it("refuses open months, and files of accounts that it cannot use", async () => {
      const code = async (words: string, exit: number) =>
        (await run(`document journal ${words}`, exit))["error"].code as string;
      expect(await code("2026-12", 3)).to.equal("MonthNotClosed");
      expect(await code(`2026-10 --member ${late}`, 1)).to.equal("MemberNotThen");
      await writeFile(join(libraries.folder, "accounts.json"), "[]");
      expect(await code("2026-10 --accounts accounts.json", 1)).to.equal("AccountsInvalid");
    });
  });
});
