import type { FindingCode } from "../../src/auditor/codes.ts";
import type { World } from "./world.ts";

/** One way to lie about a ledger, and the name under which it must be found. */
export interface Lie<W = World> {
  readonly name: string;
  /** What a finding, or the error that ends the reading, must be called. */
  readonly code: FindingCode | (string & {});
  /** Tells the lie to an auditor. @returns the codes of all it found */
  tell(world: W): Promise<readonly string[]>;
}

/** The code of what an act throws; nothing where it throws nothing. */
export async function thrown(act: () => unknown): Promise<string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    const { code } = error as { code?: unknown };
    return typeof code === "string" ? [code] : [String(error)];
  }
}
