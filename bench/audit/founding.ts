import { Wallet } from "ethers";
import { FindingList } from "../../src/auditor/finding.ts";
import { readTerms, type AuditTerms } from "../../src/auditor/terms.ts";
import { contractsAt } from "../../src/chain/contracts.ts";
import { encodeIsil } from "../../src/chain/isil.ts";
import { isil, memberId, type MemberId } from "../../src/core/ids.ts";
import { parseCredits } from "../../src/core/money.ts";
import { record, type Recorded } from "../../test/support/auditing.ts";
import { createConsortium } from "../../test/support/consortium.ts";

/** Room for a year of lending. */
const DEPOSIT = parseCredits("1000000");
const GAS = { gasLimit: 500_000 };

/** A member of the founded consortium, and the key that countersigns for it. */
export interface Founder {
  readonly id: MemberId;
  readonly isil: string;
  readonly tier: number;
  readonly privateKey: string;
}

/** What an auditor knows of a consortium: where it is, its charter's terms, and every log so far. */
export interface Founding extends Omit<Recorded, "node" | "last"> {
  readonly terms: AuditTerms;
  readonly founders: readonly Founder[];
}

/** Founds a consortium on the test chain: each member has a key of its own, credits and one of three tiers. */
export async function found(size: number): Promise<Founding> {
  const consortium = await createConsortium();
  const { admin, deployment, connection } = consortium;
  const { provider } = connection.ethers;
  const { register, ledger, asset } = admin.contracts;
  const [treasurer] = await connection.ethers.getSigners();
  if (treasurer === undefined) throw new Error("the bench chain has no accounts");
  await asset.issue(treasurer, DEPOSIT * BigInt(size), GAS);
  await asset.approve(ledger, DEPOSIT * BigInt(size), GAS);

  const founders: Founder[] = [];
  const first = Number(await register.lastMember()) + 1;
  for (let i = 0; i < size; i++) {
    const id = memberId(first + i);
    const name = isil(`XA-C${id}`);
    const tier = 1 + (i % 3);
    const wallet = Wallet.createRandom().connect(provider);
    await provider.send("hardhat_setBalance", [wallet.address, "0x56bc75e2d63100000"]);
    await contractsAt(deployment, wallet).register.applyFor(encodeIsil(name), 1, tier, 1, 1, wallet, GAS);
    await register.admit(id, GAS);
    await ledger.deposit(id, DEPOSIT, GAS);
    founders.push({ id, isil: name, tier, privateKey: wallet.privateKey });
  }
  const { node, site, blocks, last } = await record(consortium);
  const terms = await readTerms([node], site, last.number, new FindingList());
  if (terms === undefined) throw new Error("the bench chain does not tell its terms");
  return { site, terms, blocks, founders };
}
