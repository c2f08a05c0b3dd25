import { id } from "ethers";
import { CreditToken__factory } from "../../src/chain/types/index.ts";
import type { CreditToken } from "../../src/chain/types/index.ts";
import type { Credits } from "../../src/core/money.ts";
import type { World } from "./world.ts";

/** Hash of whatever stands behind a promise. */
export const DOCUMENT = id("a document");

/** Has bob commit to so many credits and issues them to somebody. */
export async function enrich(world: World, to: string, amount: Credits): Promise<void> {
  await world.asset.commit(world.bob.id, amount, DOCUMENT);
  await world.asset.issue(to, amount);
}

/** A token that nobody has committed to yet, as the treasurer and as a stranger see it. */
export async function newToken(world: World): Promise<{ token: CreditToken; strange: CreditToken }> {
  const { ethers, deployment, stranger } = world;
  const made = await ethers.deployContract("CreditToken", [deployment.charter, "Credit", "CREDIT"]);
  const [founder] = await ethers.getSigners();
  if (founder === undefined) throw new Error("the test chain has no accounts");
  const token = CreditToken__factory.connect(await made.getAddress(), founder);
  return { token, strange: token.connect(stranger) };
}

/** What a token owes, and what stands behind it. */
export async function figures(token: CreditToken) {
  const [supply, redeeming] = [await token.totalSupply(), await token.redeeming()];
  const [committed, received] = [await token.committed(), await token.received()];
  return [supply, redeeming, committed, received];
}
