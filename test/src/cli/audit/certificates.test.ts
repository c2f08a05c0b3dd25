import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";
import { Wallet } from "ethers";
import { parseCertificate, verifyCertificate } from "../../../../src/auditor/certificate.ts";
import { writeCertificates } from "../../../../src/cli/audit/certificates.ts";
import { sampleAudit } from "../../../support/audit.ts";

describe("writeCertificates", () => {
  const auditor = new Wallet(`0x${"a1".repeat(32)}`);
  const result = sampleAudit({ findings: { BundleMissing: 1 } });
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-certificates-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("writes a file for each account with a history, which verifies without anything else", async () => {
    const told: string[] = [];
    const files = await writeCertificates(result, 2026, auditor, folder, (done, total) =>
      told.push(`${done}/${total}`),
    );
    expect(files).to.have.length(15);
    expect(files.map((file) => basename(file))).to.have.members(await readdir(folder));
    expect(told.at(-1)).to.equal("15/15");
    const signed = parseCertificate(JSON.parse(await readFile(join(folder, "2026-3.json"), "utf8")));
    verifyCertificate(signed, auditor.address);
    const [year] = result.accounts[2]!.years.slice(-1);
    expect(signed.certificate).to.deep.include({
      isil: "DE-1",
      verdict: "unverifiable",
      closing: year!.closing,
    });
  });

  it("carries a balance through a year in which nothing happened, and writes nothing of one before the first", async () => {
    const [berlin] = result.accounts.filter(({ isil }) => isil === "DE-1");
    const years = berlin!.years.filter(({ year }) => year === 2025);
    const silent = { ...result, accounts: [{ ...berlin!, years }] };
    const [file] = await writeCertificates(silent, 2026, auditor, folder);
    const { certificate } = parseCertificate(JSON.parse(await readFile(file!, "utf8")));
    expect(certificate).to.deep.include({ year: 2026, flows: {}, opening: years[0]!.closing });
    expect(certificate.closing).to.equal(certificate.opening);
    expect(await writeCertificates(result, 2024, auditor, folder)).to.deep.equal([]);
  });
});
