import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Printed } from "../../support/cli.ts";
import { createLibraries, type Libraries } from "../../support/libraries.ts";

/** Two libraries agree by files that they hand each other, and by nothing but the command line. */
describe("consortia agreement", () => {
  let libraries: Libraries;
  before(async () => {
    libraries = await createLibraries();
    await writeFile(join(libraries.folder, "terms.pdf"), "What we agreed on, in words.");
  });
  after(() => libraries.close());

  const supplier = (words: string, code = 0) => libraries.run(words, libraries.supplier, code);
  const consumer = (words: string, code = 0) => libraries.run(words, libraries.consumer, code);
  const office = (words: string, code = 0) => libraries.run(words, undefined, code);
  const rows = (printed: Printed, name: string) => printed[name] as Record<string, unknown>[];
  const file = "agreed.json";
  const draft = "--price loan=5.00/4.00 --from 2026-11 --document terms.pdf --out agreed.json";

  it("is drafted by one, signed by both and made by anyone", async () => {
    const { supplier: one, consumer: other } = libraries;
    const unfair = `agreement draft ${one.isil} ${other.isil} ${draft.replace("5.00/4.00", "5.00/0")}`;
    expect((await office(unfair, 1))["error"].code).to.equal("AgreementInvalid");
    const late = `agreement draft ${one.isil} ${other.isil} ${draft.replace("2026-11", "2026-10")}`;
    expect((await office(late, 1))["error"].code).to.equal("AgreementInvalid");
    // Named the other way round: what the first one supplies costs 4.00 then.
    const drafted = await office(`agreement draft ${other.isil} ${one.isil} ${draft}`);
    expect(drafted).to.deep.include({ file, members: [3, 4], from: "2026-11", until: null });
    expect(drafted["prices"]).to.deep.equal([{ service: "loan", price: "4.00", back: "5.00" }]);

    expect((await office(`agreement sign ${file}`, 1))["error"].code).to.equal("RightMissing");
    expect(await supplier(`agreement sign ${file}`)).to.deep.include({ member: 3, missing: [4] });
    expect((await office(`agreement make ${file}`, 1))["error"].code).to.equal("AgreementUnsigned");
    expect(await consumer(`agreement sign ${file}`)).to.deep.include({ member: 4, missing: [] });
    expect(rows(await office(`agreement show ${file}`), "signatures")).to.deep.equal([
      { member: 3, signed: true, counts: true },
      { member: 4, signed: true, counts: true },
    ]);
    expect(await office(`agreement make ${file}`)).to.include({ agreement: 1, from: "2026-11" });
    expect((await office(`agreement make ${file}`, 1))["error"].code).to.equal("AgreementKnown");
  });

  it("tells a signature that somebody tampered with", async () => {
    const path = join(libraries.folder, file);
    const text = await readFile(path, "utf8");
    await writeFile(join(libraries.folder, "forged.json"), text.replace('"4.00"', '"3.00"'));
    const shown = rows(await office("agreement show forged.json"), "signatures");
    expect(shown.map(({ counts }) => counts)).to.deep.equal([false, false]);
    expect((await office("agreement make forged.json", 1))["error"].code).to.equal("AgreementUnsigned");
    await writeFile(join(libraries.folder, "broken.json"), text.replace('"version": 1', '"version": 9'));
    expect((await office("agreement show broken.json", 1))["error"].code).to.equal("AgreementFileInvalid");
  });

  it("is listed, shown and ended by one of its members", async () => {
    const listed = await office(`agreement list --member ${libraries.consumer.isil}`);
    expect(rows(listed, "agreements")).to.have.length(1);
    expect(rows(await office("agreement list --member 1"), "agreements")).to.deep.equal([]);
    expect(await office("agreement show 1")).to.deep.include({ agreement: 1, members: [3, 4] });
    expect((await office("agreement show 9", 1))["error"].code).to.equal("AgreementUnknown");
    expect((await office("agreement end 1 3", 1))["error"].code).to.equal("RegisterRightMissing");
    expect(await supplier("agreement end 1 3")).to.include({ agreement: 1, member: 3 });
    expect((await office("agreement show 1"))["last"]).to.equal("2026-10");
  });
});
