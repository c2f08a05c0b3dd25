import { expect } from "chai";
import { Wallet, concat } from "ethers";
import { contractsAt } from "../../src/chain/contracts.ts";
import { signStatement } from "../../src/chain/signing.ts";
import { memberId, statementNumber } from "../../src/core/ids.ts";
import type { MemberId } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import { addMonths, periodEnd } from "../../src/core/period.ts";
import type { PeriodId } from "../../src/core/period.ts";
import { encodeStatement } from "../../src/core/statement.ts";
import { ROLES } from "../../deploy/modules/roles.ts";
import { OCTOBER, createConsortium } from "../support/consortium.ts";
import type { TestConsortium } from "../support/consortium.ts";
import { c, loans } from "../support/statements.ts";

const [FEW, MANY, ALL] = [3, 300, 3000] as const;
/** The service centre's key: the first of the test chain's own accounts. */
const CENTRE = Wallet.fromPhrase("test test test test test test test test test test test junk");
const CREDITS = c("100");
/** Members founded in one transaction, and statements posted in one. */
const [FOUNDED, POSTED] = [40, 200];

/**
 * A consortium that grows to three thousand members. One service centre holds a key of each, as centres do; a
 * contract founds them by the hundred, with the same calls that each would make by itself.
 */
class Crowd {
  readonly members: MemberId[] = [];
  readonly consortium: TestConsortium;
  #number = 0;

  constructor(consortium: TestConsortium) {
    this.consortium = consortium;
  }

  /** Admits members up to a number and gives each of them credits. */
  async grow(count: number): Promise<void> {
    const { ethers, admin } = this.consortium;
    const { charter, register, ledger, asset } = admin.contracts;
    const founder = await ethers.deployContract("Founder");
    await charter.grantRole(ROLES.admitter, founder, 0);
    await asset.issue(founder, CREDITS * BigInt(count));
    while (this.members.length < count) {
      const first = Number(await register.lastMember()) + 1;
      const many = Math.min(FOUNDED, count - this.members.length);
      const args = [register, ledger, asset, CENTRE.address, many, CREDITS];
      await founder.getFunction("found")(...args, { gasLimit: 16_000_000n });
      this.members.push(...Array.from({ length: many }, (_, i) => memberId(first + i)));
    }
  }

  /** Everybody borrows once; the first of every two hundred lends to the two hundred before it. */
  async trade(period: PeriodId): Promise<void> {
    const { admin } = this.consortium;
    const key = CENTRE.connect(admin.provider);
    const { ledger } = contractsAt(this.consortium.deployment, key);
    const { members } = this;
    for (let i = 0; i < members.length; i += POSTED) {
      const next = i + POSTED < members.length ? i + POSTED : 0;
      const supplier = members[next]!;
      const consumers = members.slice(i, i + POSTED).filter((id) => id !== supplier);
      const batch: Uint8Array[] = [];
      for (const consumer of consumers) {
        const statement = {
          supplier,
          consumer,
          number: statementNumber(this.#number++),
          period,
          lines: loans(1),
          maximum: credits(c("13")),
          root: `0x${"ab".repeat(32)}` as never,
          lastPeriod: addMonths(period, 3),
        };
        const countersignature = await signStatement(key, admin.domain, statement);
        batch.push(encodeStatement({ statement, countersignature }));
      }
      const sent = await ledger.post(supplier, 0, concat(batch), { gasLimit: 16_000_000n });
      expect((await sent.wait())?.status).to.equal(1);
    }
  }

  /** Closes the open month and returns what it cost. */
  async close(): Promise<number> {
    const { ledger } = this.consortium.admin.contracts;
    const open = Number(await ledger.openPeriod()) as PeriodId;
    await this.consortium.time.increaseTo(periodEnd(open));
    const receipt = await (await ledger.closePeriod()).wait();
    return Number(receipt?.gasUsed);
  }
}

describe("three thousand members (invariants 2, 9 and 10)", function () {
  this.timeout(180_000);
  let crowd: Crowd;
  const gas: number[] = [];

  before(async () => {
    crowd = new Crowd(await createConsortium());
  });

  for (const [round, count] of [FEW, MANY, ALL].entries()) {
    it(`lets ${count} give and draw, and closes their month`, async () => {
      await crowd.grow(count);
      await crowd.trade(addMonths(OCTOBER, round));
      gas.push(await crowd.close());
    });
  }

  it("costs the same for each of them, within one per cent", () => {
    expect(Math.max(...gas) / Math.min(...gas)).to.be.at.most(1.01);
    if (process.env.CONSORTIA_COVERAGE === undefined) expect(Math.max(...gas)).to.be.at.most(45_000);
  });

  it("keeps every credit of everybody (invariant 2)", async () => {
    const { ledger } = crowd.consortium.admin.contracts;
    let cash = (await ledger.account(1)).cash + (await ledger.account(2)).cash;
    for (const id of crowd.members) {
      const account = await ledger.account(id);
      expect(account.position).to.equal(0n);
      cash += account.cash;
    }
    expect(cash).to.equal(await ledger.backing());
    expect(cash).to.equal(CREDITS * BigInt(ALL));
  });
});
