import { ZeroHash } from "ethers";
import { AMENDMENT_DELAY } from "./chambers.ts";
import type { Chambers } from "./chambers.ts";
import { act, enact } from "./motions.ts";
import type { Act } from "./motions.ts";

/** What an amendment does, as `propose` and `execute` want it. */
export type Amending = readonly [targets: string[], calldatas: string[], text: string];

/** An amendment that anyone has proposed. */
export async function proposed(w: Chambers, acts: readonly Act[], text: string = ZeroHash) {
  const amending: Amending = [acts.map(({ target }) => target), acts.map(({ data }) => data), text];
  await w.amendments.connect(w.stranger).propose(...amending);
  return { amending, id: await w.amendments.idOf(...amending) };
}

/** The Council ratifies. */
export const ratify = async (w: Chambers, id: string) =>
  enact(w, w.council, [await act(w.amendments, "ratify", [id])], {
    description: `ratify ${await w.time.latest()}`,
  });

/** The Assembly approves. */
export const approve = async (w: Chambers, id: string) =>
  enact(w, w.assembly, [await act(w.amendments, "approve", [id])], {
    description: `approve ${await w.time.latest()}`,
  });

/** The Assembly insists. */
export const insist = async (w: Chambers, id: string) =>
  enact(w, w.assembly, [await act(w.amendments, "insist", [id])], {
    description: `insist ${await w.time.latest()}`,
  });

/** An amendment that both chambers want and whose time has come. */
export async function ready(w: Chambers, acts: readonly Act[], text?: string): Promise<Amending> {
  const { amending, id } = await proposed(w, acts, text);
  await ratify(w, id);
  await approve(w, id);
  await w.time.increase(AMENDMENT_DELAY);
  return amending;
}

/** From proposal to execution. */
export async function amend(w: Chambers, acts: readonly Act[], text?: string) {
  const amending = await ready(w, acts, text);
  return w.amendments.connect(w.stranger).execute(...amending);
}
