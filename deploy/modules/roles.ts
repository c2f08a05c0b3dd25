import { id } from "ethers";

/** The charter's roles; the numbers are those of contracts/types/Roles.sol. */
export const ROLES = {
  registrar: 1n,
  scheduler: 2n,
  treasurer: 3n,
  guardian: 4n,
  suspender: 5n,
  arbiter: 6n,
  appellate: 7n,
  admitter: 11n,
} as const;
export type RoleName = keyof typeof ROLES;

/** Which role every privileged function asks for. What is not listed stays with the charter's administrators. */
export const PRIVILEGES = {
  Register: {
    admitter: ["admit(uint32)"],
    registrar: [
      "reinstate(uint32)",
      "scheduleTier(uint32,uint8)",
      "classify(uint32,uint16,uint16)",
      "announceRekey(uint32,address)",
    ],
    suspender: ["suspend(uint32)"],
    treasurer: ["appoint(uint32,address,uint8,address)"],
  },
  FeeSchedule: {
    scheduler: [
      "draft(uint256,(uint16,uint8,uint64,uint64)[])",
      "publish(uint256,uint16)",
      "withdrawFrom(uint16)",
    ],
  },
  Ledger: { guardian: ["pausePosting(uint40)", "resumePosting()"] },
  Claims: {
    arbiter: ["award(bytes32,uint64,uint64)"],
    appellate: ["rule(bytes32,uint64,uint64)"],
  },
  CreditToken: { treasurer: ["issue(address,uint256)"] },
} as const satisfies Record<string, Partial<Record<RoleName, readonly string[]>>>;

/** A function's four bytes. */
export function selector(signature: string): string {
  return id(signature).slice(0, 10);
}
