import { id } from "ethers";
import { expect } from "chai";
import fc from "fast-check";
import { hash, isil } from "../../../../src/core/ids.ts";
import { credits, parseCredits } from "../../../../src/core/money.ts";
import { readInstruction, writeInstruction } from "../../../../src/documents/payment/instruction.ts";
import { writePain001 } from "../../../../src/documents/payment/pain001.ts";
import { endToEndId, makeTransfers } from "../../../../src/documents/payment/transfer.ts";
import type { Office, Party } from "../../../../src/documents/office/office.ts";
import { OFFICE } from "../../../support/bills.ts";
import { lacking } from "../../../support/pain001.ts";
import { schemaFaults } from "../../../support/schemas.ts";

const ORIGIN = { chainId: 31337, asset: "0x5FbDB2315678afecb367f032d93F642f64180aa3" };
const WHERE = hash(id("instruction"));
const [ADA, BOB] = [isil("XA-ADA"), isil("XA-BOB")];

/** The office with accounts for its members. */
function office(party: Partial<Party> = {}): Office {
  const account = { iban: "AT611904300234573201" };
  const member = { ...OFFICE.members.get(ADA)!, account, ...party };
  return { ...OFFICE, members: new Map([...OFFICE.members, [ADA, member]]) };
}

function pay(amounts: readonly string[], terms = office(), payee = ADA) {
  const redemptions = amounts.map((amount, at) => ({
    ...{ redemption: at + 1, amount: parseCredits(amount), instruction: WHERE },
  }));
  return makeTransfers(redemptions, new Map([[WHERE, { payee, salt: "" }]]), terms, ORIGIN);
}

describe("a payment file", () => {
  it("holds what pain.001.001.09 asks for, in its order", async () => {
    const { transfers, refused } = pay(["300.00", "0.01", "999999999.99"]);
    const { xml, messageId } = writePain001(transfers, office(), "2026-04-15");
    expect(refused).to.deep.equal([]);
    expect(lacking(xml)).to.deep.equal([]);
    expect(await schemaFaults(xml, "pain.001.001.09")).to.deep.equal([]);
    expect(xml)
      .to.include("<CtrlSum>1000000300.00</CtrlSum>")
      .and.include("<EndToEndId>R1-31337-5fbdb231</EndToEndId>");
    expect(messageId).to.match(/^CONSORTIA-[0-9a-f]{24}$/);
  });

  it("would be found out where a part is missing or wrong", () => {
    const { xml } = writePain001(pay(["300.00", "7.00"]).transfers, office(), "2026-04-15");
    const faults: readonly [string | RegExp, string, string][] = [
      ["<NbOfTxs>2", "<NbOfTxs>3", "NbOfTxs"],
      ["<CtrlSum>307.00", "<CtrlSum>307.01", "CtrlSum"],
      ["AT61190430", "AT62190430", "CdtrAcct"],
      ["SLEV", "SHAR", "SvcLvl"],
      [/<PmtMtd>TRF<\/PmtMtd>/, "", "PmtMtd"],
      ["R2-31337", "R1-31337", "EndToEndId"],
      ["<Dt>2026-04-15</Dt>", "<DtTm>2026-04-15T00:00:00Z</DtTm>", "ReqdExctnDt"],
    ];
    for (const [from, to, what] of faults) {
      expect(xml.replace(from, to)).to.not.equal(xml);
      expect(lacking(xml.replace(from, to)).join(), what).to.include(what);
    }
  });

  it("is the same for the same transfers, and bears another name for any other", () => {
    const file = (amounts: readonly string[], date = "2026-04-15") =>
      writePain001(pay(amounts).transfers, office(), date);
    expect(file(["1.00"])).to.deep.equal(file(["1.00"]));
    const names = [file(["1.00"]), file(["2.00"]), file(["1.00", "1.00"]), file(["1.00"], "2026-04-16")];
    expect(new Set(names.map(({ messageId }) => messageId)).size).to.equal(4);
  });

  it("sums to the cent for any amounts", () => {
    const amount = fc.bigInt({ min: 1n, max: 99_999_999_999n }).map((cents) => credits(cents * 10_000n));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const redemptions = amounts.map((one, at) => ({
          redemption: at + 1,
          amount: one,
          instruction: WHERE,
        }));
        const { transfers } = makeTransfers(
          redemptions,
          new Map([[WHERE, { payee: ADA, salt: "" }]]),
          office(),
          ORIGIN,
        );
        expect(lacking(writePain001(transfers, office(), "2026-04-15").xml)).to.deep.equal([]);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses what no bank can pay to the last digit, and pays the others", () => {
    const { transfers, refused } = pay(["1.005", "2.00", "0.000001", "1000000000.00"]);
    expect(transfers.map(({ redemption }) => redemption)).to.deep.equal([2]);
    expect(refused.map(({ redemption, code }) => [redemption, code])).to.deep.equal([
      [1, "AmountUnpayable"],
      [3, "AmountUnpayable"],
      [4, "AmountUnpayable"],
    ]);
    expect(refused[0]!.reason).to.include("1.005");
  });

  it("refuses payees that the office file does not name, or without an account it can pay", () => {
    expect(pay(["1.00"], office(), BOB).refused[0]).to.include({ code: "PayeeUnknown" });
    expect(pay(["1.00"], office(), isil("XA-NOBODY")).refused[0]).to.include({ code: "PayeeUnknown" });
    const abroad = office({ account: { iban: "BR1800360305000010009795493C1" } });
    expect(pay(["1.00"], abroad).refused[0]).to.include({ code: "AccountOutsideSepa" });
    const nowhere = makeTransfers(
      [{ redemption: 1, amount: parseCredits("1"), instruction: WHERE }],
      new Map(),
      office(),
      ORIGIN,
    );
    expect(nowhere.refused[0]).to.include({ code: "InstructionMissing" });
    const { name, address } = OFFICE.party;
    expect(() =>
      writePain001(pay(["1.00"]).transfers, { ...office(), party: { name, address } }, "2026-04-15"),
    ).to.throw(/no account/);
  });

  it("writes names in the characters of SEPA, and refuses those of other scripts", () => {
    const named = (name: string) => pay(["1.00"], office({ name }));
    const cases: readonly [string, string][] = [
      ["Universitätsbibliothek Gießen & Co.", "Universitaetsbibliothek Giessen + Co."],
      ["Bibliothèque “Łódź” [Ærø]", "Bibliotheque 'Lodz' (AEro)"],
      ["</Nm><IBAN>DE1</IBAN>", "(/Nm)(IBAN)DE1(/IBAN)"],
      ["50 % #1!", "50 . .1."],
    ];
    for (const [name, expected] of cases) {
      const [transfer] = named(name).transfers;
      expect(transfer?.payee).to.equal(expected);
      expect(lacking(writePain001(named(name).transfers, office(), "2026-04-15").xml)).to.deep.equal([]);
    }
    for (const name of ["国家图书馆", "Εθνική Βιβλιοθήκη", "\u202eevil", "A".repeat(71)]) {
      expect(named(name).refused[0], name).to.include({ code: "TextNotSepa" });
    }
  });

  it("outside the euro shares the charges and names no SEPA level", async () => {
    const swiss = { ...office(), currency: "CHF" };
    const { xml } = writePain001(pay(["5.00"], swiss).transfers, swiss, "2026-04-15");
    expect(lacking(xml)).to.deep.equal([]);
    expect(await schemaFaults(xml, "pain.001.001.09")).to.deep.equal([]);
    expect(xml).to.include("SHAR").and.not.include("SEPA");
  });

  it("names each redemption of each chain in at most 35 characters", () => {
    const longest = endToEndId(4_294_967_295, { ...ORIGIN, chainId: 11_155_111_000 });
    expect(longest).to.have.length.at.most(35);
    expect(endToEndId(1, ORIGIN)).to.not.equal(endToEndId(1, { ...ORIGIN, chainId: 1 }));
  });
});

describe("a payment instruction", () => {
  it("is read as it was written, and refused where it is something else", () => {
    const instruction = { payee: ADA, salt: "00", reference: "April" };
    expect(readInstruction(writeInstruction(instruction))).to.deep.equal(instruction);
    for (const text of [
      "",
      "[]",
      "null",
      "{}",
      '{"version":1,"payee":"../x","salt":""}',
      '{"version":1,"payee":"DE-1"}',
    ]) {
      expect(() => readInstruction(text), text).to.throw(/no payment instruction/);
    }
  });
});
