import { expect } from "chai";
import { auditOf, record } from "../../support/auditing.ts";
import { bill, c, DUE, FEE, GROSS } from "../../support/statements.ts";
import { createWorld, type World } from "../../support/world.ts";
import { credits } from "../../../src/core/money.ts";

describe("audit", function () {
  this.timeout(120_000);
  let w: World;

  before(async () => {
    w = await createWorld();
  });

  it("finds a consortium that nobody has done anything in clean, with every figure of its views", async () => {
    const result = await auditOf(await record(w));
    expect(result.wrong, JSON.stringify(result.wrong.slice(0, 5))).to.deep.equal([]);
    expect(result.unverifiable).to.deep.equal([]);
    expect(result.verdict).to.equal("clean");
    expect(result.counts.views).to.be.greaterThan(100);
  });

  it("follows a posted statement to both accounts", async () => {
    await bill(w);
    const result = await auditOf(await record(w));
    expect([result.wrong, result.counts.statements, result.counts.signatures]).to.deep.equal([[], 1, 1]);
    expect(result.verdict).to.equal("unverifiable");
    expect(result.unverifiable.map(({ code }) => code)).to.deep.equal(["BundleMissing"]);
    const [ada, bob] = [w.ada.id, w.bob.id].map((id) => result.accounts.find(({ member }) => member === id)!);
    expect(ada!.account.position).to.equal(GROSS);
    expect(bob!.account.position).to.equal(-DUE);
    expect(bob!.months[0]).to.deep.include({
      opening: 0n,
      flows: { deposited: c("1000"), drawn: GROSS, fees: FEE },
      closing: credits(c("1000") - DUE),
    });
  });
});
