import { expect } from "chai";
import { FindingList } from "../../../src/auditor/finding.ts";
import type { ChainNode } from "../../../src/auditor/chain/node.ts";
import { readTerms } from "../../../src/auditor/terms.ts";
import { ConsortiaError } from "../../../src/core/error.ts";
import { SITE } from "../../support/made-ledger.ts";

describe("readTerms", () => {
  it("says why the charter's terms are unknown, and lets the audit go on", async () => {
    const call = () => Promise.reject(new ConsortiaError("HistoryMissing", "It forgot."));
    const forgetful = { name: "forgetful", call } as unknown as ChainNode;
    for (const [nodes, why] of [
      [[], "NodeMissing"],
      [[forgetful], "HistoryMissing"],
    ] as const) {
      const findings = new FindingList();
      expect(await readTerms(nodes, SITE, 1, findings)).to.equal(undefined);
      const [found] = findings.list("unverifiable");
      expect(found).to.include({ code: "TermsUnknown", found: why });
    }
  });
});
