import type { HDNodeWallet } from "ethers";
import type { Contracts } from "../../src/chain/contracts.ts";
import { contractsAt } from "../../src/chain/contracts.ts";
import { parseCredits } from "../../src/core/money.ts";
import { auditOf, record } from "./auditing.ts";
import { createConsortium } from "./consortium.ts";
import type { TestConsortium, TestMember } from "./consortium.ts";

/** A consortium in mid-October with three members and somebody who holds no right at all. */
export interface World extends TestConsortium, Contracts {
  /** Lends: 100 credits deposited. */
  readonly ada: TestMember;
  /** Borrows: 1,000 credits deposited. */
  readonly bob: TestMember;
  /** Has an empty account. */
  readonly eve: TestMember;
  readonly stranger: HDNodeWallet;
  /** Every contract as a stranger's key sees it. */
  readonly strange: Contracts;
}

let shared: Promise<{ world: World; snapshot: { restore(): Promise<void> } }> | undefined;

/** One chain for all the unit tests, taken back to its beginning before each of them. */
export function useWorld(): () => World {
  let world: World | undefined;
  before(async function () {
    this.timeout(60_000);
    shared ??= createWorld().then(async (created) => ({
      world: created,
      snapshot: await created.networkHelpers.takeSnapshot(),
    }));
    ({ world } = await shared);
  });
  beforeEach(async () => {
    await (await shared)?.snapshot.restore();
  });
  afterEach(async function () {
    if (process.env.CONSORTIA_AUDIT === undefined || world === undefined) return;
    if (this.currentTest?.state !== "failed") await auditWorld(world);
  });
  return () => {
    if (world === undefined) throw new Error("the world begins with the first test");
    return world;
  };
}

/** Whatever a test did, the auditor finds nothing wrong with it; no bundles are at hand. */
async function auditWorld(world: World): Promise<void> {
  const { wrong, unverifiable } = await auditOf(await record(world));
  const found = [...wrong, ...unverifiable.filter(({ code }) => code !== "BundleMissing")];
  if (found.length > 0) throw new Error(found.map(({ code, message }) => `${code}: ${message}`).join("\n"));
}

/** A world of one's own, for tests that must not share theirs. */
export async function createWorld(options: Parameters<typeof createConsortium>[0] = {}): Promise<World> {
  const consortium = await createConsortium(options);
  const ada = await consortium.createMember({ deposit: parseCredits("100") });
  const bob = await consortium.createMember({ deposit: parseCredits("1000") });
  const eve = await consortium.createMember();
  const stranger = await consortium.createKey();
  return {
    ...consortium,
    ...consortium.admin.contracts,
    ada,
    bob,
    eve,
    stranger,
    strange: contractsAt(consortium.deployment, stranger),
  };
}
