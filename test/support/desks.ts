import type { Ledger } from "../../src/chain/types/index.ts";
import type { NO_DESKS } from "./consortium.ts";
import type { World } from "./world.ts";

/** The ledger as one of its desks calls it. */
export async function asDesk(world: World, desk: keyof typeof NO_DESKS): Promise<Ledger> {
  const address = world.deployment[desk];
  await world.networkHelpers.setBalance(address, 10n ** 18n);
  return world.ledger.connect(await world.ethers.getImpersonatedSigner(address));
}
