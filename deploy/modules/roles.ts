import { id } from "ethers";

export * from "../../src/core/roles.ts";

/** A function's four bytes. */
export function selector(signature: string): string {
  return id(signature).slice(0, 10);
}
