import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { resourceId } from "../../../src/core/ids.ts";
import { parseCredits } from "../../../src/core/money.ts";
import { periodEnd } from "../../../src/core/period.ts";
import { sendClose } from "../../../src/sdk/periods.ts";
import { createLibraries, type Libraries } from "../../support/libraries.ts";
import { runCli, type Printed } from "../../support/cli.ts";
import { NETWORK_OCTOBER } from "../../support/network.ts";

const BOOK = "978-3-16-148410-0";
const URN = "urn:isbn:9783161484100";

/** What members and offices do about prices, relief, works and credits by nothing but the command line. */
describe("the command line, for the balance of interests", () => {
  let libraries: Libraries;
  before(async () => {
    libraries = await createLibraries();
    const { network, folder } = libraries;
    await writeFile(join(folder, "terms.pdf"), "What we agreed on, in words.");
    const { charter } = network.admin.contracts;
    await (await charter.grantRole(8, await network.admin.signer!.getAddress(), 0)).wait();
    // It copies from November on.
    await office("schedule describe copy page reproduce");
  });
  after(() => libraries.close());

  const supplier = (words: string, code = 0) => libraries.run(words, libraries.supplier, code);
  const consumer = (words: string, code = 0) => libraries.run(words, libraries.consumer, code);
  const office = (words: string, code = 0) => libraries.run(words, undefined, code);
  const rows = (printed: Printed, name: string) => printed[name] as Record<string, unknown>[];
  let closed = 0;
  /** Closes the open month; the tests run on from October. */
  const close = async () => {
    const { chain, admin } = libraries.network;
    await chain.setTime(periodEnd((NETWORK_OCTOBER + closed++) as typeof NETWORK_OCTOBER));
    await sendClose(admin);
  };

  describe("relief and grant", () => {
    it("are opened for months to come, and tell whom they cover", async () => {
      const opened = await office("relief open --share 50% --service loan --from 2026-11 --member-cap 4.00");
      expect(opened).to.include({ relief: 1 });
      expect((await office("relief open --share 101% --from 2026-11", 2))["error"].code).to.equal(
        "commander.invalidArgument",
      );
      expect((await office("relief open --share 50% --from 2026-10", 1))["error"].code).to.equal(
        "ReliefTooLate",
      );
      const grant = "grant open --share 25% --from 2026-11 --until 2026-11 --members 4 --document terms.pdf";
      expect(await office(grant)).to.deep.include({ grant: 2, members: [4] });
      expect(await office("relief end 1 --last 2026-12")).to.include({ last: "2026-12" });
      await office("account deposit relief 100.00 --issue");
      const { reliefs, available } = await office("relief list");
      expect(available).to.equal("100.00");
      expect(reliefs[0]).to.deep.equal({
        ...{ relief: 1, kind: "relief", share: "50%", service: "loan", region: "any", tier: "any" },
        ...{ from: "2026-11", until: "2026-12", memberCap: "4.00", cap: "none" },
      });
      const covers = await office(`relief covers ${libraries.consumer.isil} --month 2026-11`);
      expect(rows(covers, "reliefs").map(({ relief, left }) => [relief, left])).to.deep.equal([
        [1, "4.00"],
        [2, "0.00"],
      ]);
      expect(rows(await office("relief covers 3 --month 2026-11"), "reliefs")).to.have.length(1);
    });

    it("pay for a statement, as its quote said, and trace what was given", async () => {
      await office("credit commit 4 9.00 --document terms.pdf");
      const key = await libraries.network.admin.signer!.getAddress();
      await office(`credit issue ${key} 9.00`);
      expect(await office("grant fund 2 9.00")).to.include({ grant: 2, amount: "9.00" });
      await close();
      const line = "--supplier 3 --consumer 4 --line loan=1";
      const quote = await office(`statement quote ${line}`);
      expect(quote).to.include({
        gross: "12.00",
        fee: "0.26",
        relieved: "7.00",
        royalties: "0.00",
        due: "5.26",
      });
      expect(rows(quote, "legs").map(({ from, amount }) => [from, amount])).to.deep.equal([
        ["relief 1", "4.00"],
        ["relief 2", "3.00"],
      ]);
      const claimed = await office(`statement quote ${line} --claim`);
      expect(claimed).to.include({ relieved: "0.00", due: "12.26" });
      expect((await office("statement quote --supplier 3", 2))["error"].code).to.equal("QuoteIncomplete");
      const period = (NETWORK_OCTOBER + 1) as typeof NETWORK_OCTOBER;
      await libraries.write(1, ["REQ-1"], { signed: true, month: period });
      const verified = await office("statement verify 3-1");
      expect(verified["totals"]).to.include({ relieved: "7.00", due: "5.26" });
      const { posted } = await supplier("statement post 3-1");
      expect(posted).to.deep.equal([{ number: 1, gross: "12.00", fee: "0.26", relieved: "7.00" }]);

      const grant = await office("grant show 2");
      expect(grant).to.include({ given: "9.00", spent: "3.00", returned: "0.00", left: "6.00" });
      expect(rows(grant, "givers")).to.deep.equal([
        { giver: key, given: "9.00", returned: "0.00", left: "6.00", spent: "3.00" },
      ]);
      expect(rows(grant, "beneficiaries")).to.deep.equal([{ member: 4, received: "3.00" }]);
      expect(rows(grant, "statements")[0]).to.include({ statement: "3-1", consumer: 4, paid: "3.00" });
      expect(rows(await office("relief show 1"), "months")[0]).to.deep.equal({
        month: "2026-11",
        paid: "4.00",
      });
      expect((await office("grant return 2", 3))["error"].code).to.equal("GrantRunning");
      expect(rows(await office("grant list"), "grants")[0]).to.include({ grant: 2, left: "6.00" });
    });

    it("give back in a refund what each paid, and RELIEF gets its own", async () => {
      const before = (await office("account show relief"))["position"] as string;
      expect(await supplier("refund give 3-1 --all")).to.include({ amount: "12.00" });
      const after = (await office("account show relief"))["position"] as string;
      expect(Number(after) - Number(before)).to.equal(7);
    });
  });

  describe("resource", () => {
    it("is registered under one number, however its identifier is spelled", async () => {
      const words = `resource register ${BOOK} --holder 4 --licence reserved`;
      expect((await supplier(words, 1))["error"].code).to.equal("ResourceRightMissing");
      expect(await consumer(words)).to.include({ resource: 1, urn: URN, holder: 4, licence: "reserved" });
      for (const spelling of ["1", "9783161484100", "3-16-148410-X", URN]) {
        expect(await office(`resource show ${spelling}`)).to.include({ resource: 1, urn: URN });
      }
      const by = "https://creativecommons.org/licenses/by-nc/4.0/";
      const doi = `resource register https://doi.org/10.1000/182 --holder 4 --licence ${by}`;
      expect(await consumer(doi)).to.include({ resource: 2, urn: "doi:10.1000/182", licence: "by-nc" });
      expect((await office("resource show 9783161484101", 2))["error"].code).to.equal("UrnInvalid");
      expect((await office("resource show 9780306406157", 1))["error"].code).to.equal("ResourceUnknown");
      expect((await consumer(words, 1))["error"].code).to.equal("ResourceTaken");
    });

    it("may be used as its holder permits, for a royalty that a quote counts", async () => {
      expect(await consumer(`resource permit ${BOOK} copy on --royalty 0.50`)).to.include({
        ...{ resource: 1, permitted: true, royalty: "0.50" },
      });
      const third = await libraries.network.createMember("100");
      const line = `--supplier 3 --consumer ${third.id} --line copy=3@${BOOK}`;
      expect((await office(`statement quote ${line}`, 1))["error"].code).to.equal("StatementLicenceForbids");
      await close();
      const quote = await office(`statement quote ${line}`);
      expect(quote).to.include({ gross: "15.00", royalties: "1.50", due: "17.28" });
      expect(rows(quote, "legs")[0]).to.deep.equal({ leg: "royalty", from: null, to: 4, amount: "1.50" });
      expect(rows(quote, "lines")[0]).to.deep.equal({ service: "copy", quantity: 3, resource: 1 });
      const listed = rows(await office("resource list --holder 4"), "resources");
      expect(listed.map(({ resource, permitted }) => [resource, permitted])).to.deep.equal([
        [1, "copy"],
        [2, ""],
      ]);
    });

    it("is named by a line of a statement file, which is verified, countersigned and posted like any other", async () => {
      // The first work's holder is the consumer, which owes itself nothing: the supplier holds another.
      const held = await supplier("resource register 0028-0836 --holder 3 --licence reserved");
      expect(held).to.include({ resource: 3, urn: "urn:issn:0028-0836" });
      await supplier("resource permit 0028-0836 copy on --royalty 0.25");
      await close();
      const month = (NETWORK_OCTOBER + closed) as typeof NETWORK_OCTOBER;
      const copies = { resource: resourceId(3), royalty: parseCredits("0.25") };
      await libraries.write(5, ["REQ-5", "REQ-6"], { month, copies });
      const quote = await office("statement quote 3-5");
      expect(quote).to.include({ gross: "10.00", fee: "0.52", royalties: "0.50", due: "11.02" });
      const verified = await consumer("statement verify 3-5");
      expect(verified["lines"][0]).to.include({ resource: 3, code: "copy", amount: "10.00", ok: true });
      expect(verified["totals"]).to.include({ royalties: "0.50", due: "11.02" });
      expect((await consumer("statement countersign 3-5"))["signed"]).to.equal(1);
      const { posted } = await supplier("statement post 3-5");
      expect(posted).to.deep.equal([{ number: 5, gross: "10.00", fee: "0.52", royalties: "0.50" }]);

      await libraries.write(6, ["REQ-7"], { month, copies: { ...copies, resource: resourceId(99) } });
      const unknown = await consumer("statement verify 3-6", 1);
      const failed = rows(unknown, "checks").filter(({ ok }) => ok === false);
      expect(failed.map(({ check }) => check)).to.deep.equal(["the chain prices it so"]);
    });

    it("is handed over, reassigned and kept from business by those who may", async () => {
      expect((await supplier("resource transfer 1 3", 1))["error"].code).to.equal("ResourceRightMissing");
      expect(await consumer("resource transfer 1 3")).to.include({ holder: 3 });
      expect(await office("resource reassign 1 4")).to.include({ holder: 4 });
      expect(await office("resource commercial 4 on")).to.include({ kind: 4, commercial: true });
      expect((await office("resource commercial 4 maybe", 2))["error"].code).to.equal("SwitchUnknown");
      expect((await consumer("resource license 1 by-sa", 1))["error"].code).to.equal("ResourceTooSoon");
    });
  });

  describe("compensation, attestors, invoices, credits and prices", () => {
    it("names, pays and lists compensation for net lenders", async () => {
      const named = await office("compensation name 2027-02 3=25%:40.00 4=10%:5.00");
      expect(named).to.include({ month: "2027-02", setAside: "45.00" });
      expect((await office("compensation name 2027-02 3=25%", 2))["error"].code).to.equal("LenderUnreadable");
      expect((await office("compensation pay 3 2027-02", 3))["error"].code).to.equal(
        "CompensationPeriodOpen",
      );
      await close();
      await libraries.write(2, ["REQ-2"], {
        signed: true,
        month: (NETWORK_OCTOBER + closed) as typeof NETWORK_OCTOBER,
      });
      await supplier("statement post 3-2");
      await close();
      expect(await office("compensation pay 3 2027-02")).to.include({ net: "12.00", amount: "3.00" });
      expect((await office("compensation lapse 4 2027-02", 3))["error"].code).to.equal(
        "CompensationNotLapsed",
      );
      const list = rows(await office("compensation list --month 2027-02"), "compensation");
      expect(list.map(({ member, standing, paid }) => [member, standing, paid])).to.deep.equal([
        [3, "paid", "3.00"],
        [4, "waiting", "0.00"],
      ]);
    });

    it("says on standard error what is wrong with a word, and ends as wrong usage does", async () => {
      const { folder, network } = libraries;
      const env = {
        CONSORTIA_RPC_URL: network.chain.url,
        CONSORTIA_KEY: network.chain.accounts[0]!.privateKey,
      };
      const words = "compensation name 2027-06 3=0%:1.00 --deployment deployment.json";
      const { code, stdout, stderr } = await runCli(folder, words.split(" "), env);
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.match(/^"0%" is no share\. Write it as 50% or 12\.5%.*\n$/);
    });

    it("accredits attestors and lists them", async () => {
      const key = libraries.network.nextKey().address;
      expect(await office(`attestor accredit ${key} loan on`)).to.include({ key, accredited: true });
      expect((await supplier(`attestor accredit ${key} loan off`, 1))["error"].code).to.equal(
        "AccessManagedUnauthorized",
      );
      expect((await office("attestor list"))["attestors"]).to.deep.equal([
        { key, services: "loan", countersigns: false },
      ]);
    });

    it("raises invoices for advances, takes what is paid, and shows both", async () => {
      await supplier("account advance 3 4 20.00");
      const raise = "invoice raise 3 4 2027-01 12.50 --document terms.pdf";
      expect((await consumer(raise, 1))["error"].code).to.equal("DeskRightMissing");
      expect(await supplier(raise)).to.include({ invoice: 1, amount: "12.50" });
      await office("credit commit 4 5.00 --document terms.pdf");
      await office(`credit issue ${await libraries.network.admin.signer!.getAddress()} 5.00`);
      expect(await office("invoice pay 1 5.00 --payment RF18539007547034")).to.include({ left: "7.50" });
      const shown = await office("invoice show 1");
      expect(shown).to.include({ sponsor: 3, member: 4, paid: "5.00", left: "7.50" });
      expect(rows(shown, "payments")[0]).to.include({ amount: "5.00" });
      expect(rows(await office("invoice list --member 4"), "invoices")).to.have.length(1);
      expect((await office("invoice pay 9 1.00 --payment x", 1))["error"].code).to.equal("InvoiceUnknown");
    });

    it("issues credits against promises and redeems them through the bank", async () => {
      const key = libraries.consumer.key.address;
      const { issuable } = await office("credit show");
      const more = (Number(issuable) + 1).toFixed(2);
      expect((await office(`credit issue ${key} ${more}`, 1))["error"].code).to.equal("CreditUnbacked");
      await office("credit commit 4 30.00 --document terms.pdf");
      await office(`credit issue ${key} 10.00`);
      expect(await office("credit release 4 20.00")).to.include({ amount: "20.00" });
      expect((await office("credit release 4 2000.00", 1))["error"].code).to.equal(
        "CreditCommitmentExceeded",
      );
      expect(await office("credit confirm-payment 4 10.00 --payment first")).to.include({ member: 4 });
      const again = "credit confirm-payment 4 10.00 --payment first";
      expect((await office(again, 1))["error"].code).to.equal("CreditPaymentInvalid");
      expect(await consumer("credit redeem 10.00 --instruction terms.pdf")).to.include({ redemption: 1 });
      const shown = await office("credit show");
      expect(shown).to.include({ redeeming: "10.00", received: "10.00" });
      expect(rows(shown, "redemptions")[0]).to.include({ redemption: 1, amount: "10.00" });
      await office("credit confirm-redemption 1 --payment second");
      expect((await office("credit show"))["redemptions"]).to.deep.equal([]);
    });

    it("drafts prices with conditions and shows them in their month", async () => {
      const { version, conditions } = await office("schedule draft --preset calis --from 2027-04");
      expect(conditions).to.be.greaterThan(0);
      await office(`schedule publish ${version} --from 2027-04`);
      const shown = await office("schedule show --month 2027-04");
      expect(shown).to.include({ version });
      expect(rows(shown, "conditions")).to.have.length(conditions as number);
      expect(rows(shown, "services").find(({ service }) => service === "copy")).to.include({ unit: "page" });
      expect((await office("schedule describe copy item lend", 1))["error"].code).to.equal(
        "FeeScheduleServiceDescribed",
      );
    });
  });
});
