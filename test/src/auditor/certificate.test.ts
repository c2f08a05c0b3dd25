import { expect } from "chai";
import { Wallet } from "ethers";
import {
  certificateJson,
  certificatesOf,
  parseCertificate,
  signCertificate,
  verifyCertificate,
  type SignedCertificate,
} from "../../../src/auditor/certificate.ts";
import type { AuditResult, MemberAudit } from "../../../src/auditor/result.ts";
import { isConsortiaError } from "../../../src/core/error.ts";
import { memberId } from "../../../src/core/ids.ts";
import { parseCredits as c } from "../../../src/core/money.ts";

const auditor = new Wallet(`0x${"11".repeat(32)}`);

const ada = {
  member: memberId(3),
  isil: "XA-ADA",
  membership: "admitted",
  months: [],
  years: [
    { year: 2025, opening: c("0"), flows: { deposited: c("100") }, closing: c("100") },
    {
      year: 2026,
      opening: c("100"),
      flows: { given: c("40.50"), drawn: c("12"), fees: c("0.52"), withdrawn: c("20") },
      closing: c("107.98"),
    },
  ],
} as unknown as MemberAudit;

const result = {
  verdict: "clean",
  scope: {
    chainId: 31337,
    ledger: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
    toBlock: 321,
    toHash: `0x${"ab".repeat(32)}`,
    toTime: 1_800_000_000,
  },
  accounts: [ada],
} as unknown as AuditResult;

/** The code of what a call throws. */
function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return isConsortiaError(error) ? error.code : String(error);
  }
}

describe("auditor/certificate", () => {
  let signed: SignedCertificate;
  before(async () => {
    signed = await signCertificate(auditor, certificatesOf(result, 2026)[0]!);
  });

  it("survives its file and verifies without a chain", () => {
    const read = parseCertificate(JSON.parse(certificateJson(signed)));
    expect(read).to.deep.equal(signed);
    verifyCertificate(read);
    verifyCertificate(read, auditor.address.toLowerCase());
  });

  it("carries a balance into a year in which nothing happened", () => {
    const [quiet] = certificatesOf(result, 2027);
    expect(quiet).to.include({ year: 2027, opening: c("107.98"), closing: c("107.98") });
    expect(quiet?.flows).to.deep.equal({});
  });

  it("is not made for a year that the audit did not reach", () => {
    expect(codeOf(() => certificatesOf(result, 2028))).to.equal("YearAhead");
  });

  it("says nothing of the years before the member came", () => {
    expect(certificatesOf(result, 2024)).to.deep.equal([]);
  });

  it("is not made of figures that do not add up", () => {
    const years = [{ year: 2026, opening: c("1"), flows: { given: c("1") }, closing: c("1") }];
    const odd = { ...result, accounts: [{ ...ada, years }] } as AuditResult;
    expect(codeOf(() => certificatesOf(odd, 2026))).to.equal("CertificateUnsound");
  });

  it("is refused from anybody but the auditor that was asked for", () => {
    expect(codeOf(() => verifyCertificate(signed, `0x${"22".repeat(20)}`))).to.equal("CertificateUnsigned");
  });

  it("is refused where the file names another auditor than signed it", () => {
    const other = { ...signed, auditor: new Wallet(`0x${"33".repeat(32)}`).address };
    expect(codeOf(() => verifyCertificate(other))).to.equal("CertificateUnsigned");
  });

  const edits: readonly [field: string, value: unknown, code: string][] = [
    ["member", 4, "CertificateUnsigned"],
    ["isil", "XA-EVE", "CertificateUnsigned"],
    ["year", 2025, "CertificateUnsigned"],
    ["closing", "107.99", "CertificateUnsound"],
    ["opening", "100.01", "CertificateUnsound"],
    ["block", 322, "CertificateUnsigned"],
    ["blockHash", `0x${"cd".repeat(32)}`, "CertificateUnsigned"],
    ["blockTime", 1, "CertificateUnsigned"],
    ["verdict", "wrong", "CertificateUnsigned"],
    ["chainId", 1, "CertificateUnsigned"],
    ["ledger", "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512", "CertificateUnsigned"],
    ["verdict", "spotless", "CertificateInvalid"],
    ["flows", { bribed: "1.00" }, "CertificateInvalid"],
    ["closing", "-1", "CertificateInvalid"],
    ["member", "3", "CertificateInvalid"],
  ];
  for (const [field, value, code] of edits) {
    it(`catches an edited ${field} (${JSON.stringify(value)})`, () => {
      const file = JSON.parse(certificateJson(signed)) as { certificate: Record<string, unknown> };
      file.certificate[field] = value;
      expect(codeOf(() => verifyCertificate(parseCertificate(file)))).to.equal(code);
    });
  }

  it("catches two edits that keep the sum", () => {
    const file = JSON.parse(certificateJson(signed)) as { certificate: Record<string, unknown> };
    Object.assign(file.certificate, { opening: "101.00", closing: "108.98" });
    expect(codeOf(() => verifyCertificate(parseCertificate(file)))).to.equal("CertificateUnsigned");
  });

  it("refuses what is no certificate", () => {
    for (const value of [null, [], 1, {}, { version: 2 }, { version: 1, certificate: null }]) {
      expect(codeOf(() => parseCertificate(value))).to.equal("CertificateInvalid");
    }
  });
});
