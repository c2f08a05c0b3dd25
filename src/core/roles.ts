/** The charter's roles; the numbers are those of contracts/types/Roles.sol. */
export const ROLES = {
  registrar: 1n,
  scheduler: 2n,
  treasurer: 3n,
  guardian: 4n,
  suspender: 5n,
  arbiter: 6n,
  appellate: 7n,
  council: 8n,
  assembly: 9n,
  authority: 10n,
  admitter: 11n,
} as const;
export type RoleName = keyof typeof ROLES;

/** The role of the charter's administrators: the amendments alone, once the consortium is handed over. */
export const ADMIN = 0n;

/** What a chamber is by being one; the deployer never holds these. */
type ChamberRole = "council" | "assembly";
/** What the deployer holds, or whom it names, until the consortium is handed over. */
export type BootstrapRole = Exclude<RoleName, ChamberRole>;
export const BOOTSTRAP_ROLES = (Object.keys(ROLES) as RoleName[]).filter(
  (role): role is BootstrapRole => role !== "council" && role !== "assembly",
);

/** What the Board does, after a delay in which the Council can veto it. */
export const BOARD_ROLES = ["registrar", "scheduler", "treasurer", "suspender"] as const;
/** What the Assembly can do in the Board's stead, whatever the Council vetoed. */
export const OVERRIDE_ROLES = ["registrar", "scheduler", "treasurer"] as const;
/** Offices: the Council seats and unseats who holds them. */
export const OFFICES = ["guardian", "arbiter", "appellate", "authority"] as const;
export type Office = (typeof OFFICES)[number];

/** A relief's terms as an ABI spells them. */
const RELIEF = "(uint16,uint16,uint8,uint16,uint16,uint16,uint48,uint48)";

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
      "draftConditional(uint256,(uint16,uint8,uint8,uint64,uint64,uint64,uint64,uint16,uint16,uint64)[])",
      "describe(uint16,uint8,uint8)",
      "publish(uint256,uint16)",
      "withdrawFrom(uint16)",
    ],
  },
  Resources: { registrar: ["reassign(uint32,uint32)", "setCommercial(uint8,bool)"] },
  Pricing: {
    scheduler: [`relieve(${RELIEF})`, "endRelief(uint32,uint16)"],
    authority: [`openGrant(${RELIEF},uint32[],bytes32)`],
    registrar: ["accredit(address,uint16,bool)"],
  },
  Compensation: { council: ["name(uint16,(uint32,uint16,uint64)[])"] },
  Ledger: { guardian: ["pausePosting(uint40)", "resumePosting()"] },
  Claims: {
    arbiter: ["award(bytes32,uint64,uint64)"],
    appellate: ["rule(bytes32,uint64,uint64)"],
  },
  CreditToken: {
    treasurer: [
      "issue(address,uint256)",
      "commit(uint32,uint256,bytes32)",
      "release(uint32,uint256)",
      "confirmPayment(uint32,uint256,bytes32)",
      "confirmRedemption(uint32,bytes32)",
    ],
  },
} as const satisfies Privileges;

/** The same for the contracts by which the members govern. */
export const GOVERNANCE_PRIVILEGES = {
  Voice: { council: ["confirmSuspension(uint32)"] },
  Amendments: { council: ["ratify(bytes32)"], assembly: ["approve(bytes32)", "insist(bytes32)"] },
  Admissions: {
    registrar: ["admit(uint32)", "reject(uint32)"],
    authority: ["admitOnAppeal(uint32)"],
  },
} as const satisfies Privileges;

/** Functions by contract and role. */
export type Privileges = Readonly<Record<string, Partial<Record<RoleName, readonly string[]>>>>;

/** One contract's functions that ask for one role. */
export interface Privilege {
  readonly contract: string;
  readonly role: RoleName;
  readonly functions: readonly string[];
}

/** Privileges as a list. */
export function privilegesOf(privileges: Privileges): Privilege[] {
  return Object.entries(privileges).flatMap(([contract, roles]) =>
    (Object.entries(roles) as [RoleName, readonly string[]][]).map(([role, functions]) => ({
      contract,
      role,
      functions,
    })),
  );
}
