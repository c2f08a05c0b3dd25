import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const ROOT = resolve(import.meta.dirname, "../..");

/** What each year comes to. The calculation by hand says so too, and whoever doubts it can add it up from the report. */
const YEARS: readonly [name: string, figures: Record<string, unknown>][] = [
  [
    "oclc",
    {
      ...{ members: 25, statements: 846, refused: 13, gross: "50031.00", fees: "1133.86" },
      ...{ relief: "0.00", royalties: "2242.15", compensation: "393.8942" },
    },
  ],
  [
    "calis",
    {
      ...{ members: 29, statements: 991, refused: 0, gross: "21330.00", fees: "0.00" },
      ...{ relief: "4381.01", royalties: "0.00", compensation: "763.04" },
    },
  ],
  [
    "nstl",
    {
      ...{ members: 25, statements: 764, refused: 28, gross: "19804.70", fees: "155.50" },
      ...{ relief: "1563.85", royalties: "0.00", compensation: "0.00" },
    },
  ],
];

interface Account {
  readonly [figure: string]: string;
}

for (const [name, figures] of YEARS) {
  describe(`scenario ${name}`, function () {
    this.timeout(600_000);

    let summary: Record<string, unknown>;
    let report: {
      accounts: Record<string, Account>;
      returned: Record<string, string>;
      differences: string[];
    };
    before(async () => {
      const out = join(mkdtempSync(join(tmpdir(), "consortia-")), "out");
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", "scripts/scenario.ts", name, "--once", "--json", "--out", out],
        { cwd: ROOT },
      );
      expect(stdout.trim().split("\n")).to.have.length(1);
      summary = JSON.parse(stdout) as typeof summary;
      report = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as typeof report;
    });

    it("closes twelve months of the same traffic as ever", () => {
      expect(summary).to.include({ months: 12, ...figures });
    });

    it("comes to what an office would calculate by hand, to the cent, for every month and account", () => {
      expect(report.differences).to.deep.equal([]);
      expect(summary).to.include({ matchesIndependentCalculation: true });
    });

    it("is found clean by an audit of another process", () => {
      expect(summary).to.include({ audit: "clean" });
    });

    if (name === "oclc") {
      it("leaves no library with a balance once the year's last quarter is settled", () => {
        const { COMMONS, RELIEF, ...members } = report.accounts;
        expect(COMMONS).to.include({ balance: "1133.86" });
        expect(RELIEF).to.include({ balance: "606.1058" });
        for (const [isil, { balance }] of Object.entries(members)) expect(balance, isil).to.equal("0.00");
      });
    }

    if (name === "calis") {
      it("pays the builders of the catalogue what its users brought in, and owes them the rest", () => {
        const { COMMONS } = report.accounts;
        expect(COMMONS).to.include({
          supplied: "4906.50",
          drawn: "5132.00",
          balance: "0.00",
          owed: "225.50",
        });
      });
    }

    if (name === "nstl") {
      it("returns what the first grant did not spend, and nothing of the second", () => {
        expect(report.returned).to.deep.equal({ "XN-MST/0": "818.013157", "XN-BUR/0": "218.136843" });
      });
    }
  });
}
