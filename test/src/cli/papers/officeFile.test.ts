import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readOffice } from "../../../../src/cli/papers/officeFile.ts";
import { ConsortiaError } from "../../../../src/core/error.ts";
import { isil, serviceId } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";

const ABOUT = {
  currency: "EUR",
  services: ["loan", "copy", "lost"].map((code, at) => ({ id: serviceId(at + 1), code })),
};
type Change = (office: Record<string, Record<string, unknown>>) => void;

const codeOf = (error: unknown) => (error instanceof ConsortiaError ? error.code : error);

describe("an office file", () => {
  let folder = "";
  let sample = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-office-"));
    sample = await readFile("examples/office.json", "utf8");
  });
  after(() => rm(folder, { recursive: true }));

  async function refusal(change: Change): Promise<ConsortiaError> {
    const office = JSON.parse(sample) as Parameters<Change>[0];
    change(office);
    const path = join(folder, "office.json");
    await writeFile(path, JSON.stringify(office));
    const error = await readOffice(path, ABOUT).then(
      () => undefined,
      (found: unknown) => found,
    );
    if (!(error instanceof ConsortiaError)) throw new Error("it was not refused", { cause: error });
    return error;
  }

  it("is read as the example says", async () => {
    const office = await readOffice("examples/office.json", ABOUT);
    expect(office.party.account?.iban).to.equal("DE89370400440532013000");
    expect(office.tax).to.include({ category: "O", rate: 0 });
    expect(office.replacement.get("loan")).to.equal(parseCredits("25.00"));
    expect(office.members.get(isil("XA-NAT"))?.account?.holder).to.equal("Treasury of the National Library");
  });

  const party =
    (change: (party: Record<string, unknown>) => void): Change =>
    (office) =>
      change(office["party"]!);
  const tax =
    (terms: unknown): Change =>
    (office) =>
      Object.assign(office, { tax: terms });
  const cases: readonly [string, Change, RegExp][] = [
    [
      "a wrong check digit",
      party((p) => (p["account"] = { iban: "DE88370400440532013000" })),
      /in party.*"iban".*check digits/,
    ],
    [
      "a BIC that is none",
      party((p) => (p["account"] = { iban: "DE89370400440532013000", bic: "NO" })),
      /"bic"/,
    ],
    [
      "a country that is none",
      party((p) => (p["address"] = { city: "A", country: "UK" })),
      /"country".*3166/,
    ],
    ["a name of two lines", party((p) => (p["name"] = "A\nB")), /"name" must be one line/],
    ["a name without end", party((p) => (p["name"] = "A".repeat(301))), /"name" must be one line/],
    ["a misspelt member", party((p) => (p["vatID"] = "DE1")), /"vatID" says nothing in a party/],
    ["a VAT number of no country", party((p) => (p["vatId"] = "123456789")), /"vatId"/],
    ["a path for an ISIL", (o) => (o["members"] = { "../etc/passwd": {} }), /in "members".*not an ISIL/],
    ["a member without a name", (o) => (o["members"] = { "DE-1": {} }), /in members\.DE-1.*"name"/],
    ["a service that nobody knows", (o) => (o["units"] = { lone: "C62" }), /"lone" is no service/],
    ["a unit that is none", (o) => (o["units"] = { loan: "item" }), /"loan".*recommendation 20/],
    ["a price below zero", (o) => (o["replacement"] = { loan: "-1" }), /"loan" must be an amount/],
    ["O with a rate", tax({ category: "O", rate: "19", exemption: "x" }), /"rate".*left out/],
    ["O without a reason", tax({ category: "O" }), /"exemption" must say why/],
    ["S without a rate", tax({ category: "S" }), /"rate" of tax category S/],
    ["S with a reason", tax({ category: "S", rate: "19.00", exemption: "x" }), /"exemption".*left out/],
    ["a rate of three decimals", tax({ category: "S", rate: "7.125" }), /"rate" must be a percentage/],
    ["another category", tax({ category: "AE" }), /"category" must be one of O, E, Z, S/],
    ["O with a VAT number", party((p) => (p["vatId"] = "DE123456789")), /"vatId" must be left out/],
    ["no identity", party((p) => delete p["legalRegistration"]), /"legalRegistration".*needed/],
  ];
  for (const [what, change, reason] of cases) {
    it(`is refused with ${what}, which the error names`, async () => {
      const error = await refusal(change);
      expect(error.code).to.equal("OfficeInvalid");
      expect(error.message).to.match(reason);
    });
  }

  it("is refused where it bills in another currency than the deployment", async () => {
    const error = await refusal((office) => Object.assign(office, { currency: "CHF" }));
    expect(error.code).to.equal("OfficeCurrencyDiffers");
    expect((await refusal((office) => Object.assign(office, { currency: "DEM" }))).code).to.equal(
      "OfficeInvalid",
    );
  });

  it("is refused where it is no object, and taken without prototype tricks", async () => {
    const path = join(folder, "office.json");
    await writeFile(path, sample.replace('"paymentDays"', '"__proto__"'));
    expect(await readOffice(path, ABOUT).catch(codeOf)).to.equal("OfficeInvalid");
    await writeFile(path, "[]");
    expect(await readOffice(path, ABOUT).catch(codeOf)).to.equal("OfficeInvalid");
  });
});
