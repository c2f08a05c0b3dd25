import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { ADMIN, BOARD_ROLES, BOOTSTRAP_ROLES, OFFICES, OVERRIDE_ROLES, ROLES } from "./roles.ts";
import type { Office } from "./roles.ts";

/** Who takes over. Addresses, and a delay in seconds. */
export interface Handover {
  readonly charter: string;
  readonly council: string;
  readonly board: string;
  readonly assembly: string;
  readonly amendments: string;
  readonly admissions: string;
  /** How long the Board's acts wait; more than the Council needs for a veto (`Amendments.vetoTime`). */
  readonly boardDelay: number;
  /** Who holds an office from now on; nobody by default, until the Council seats somebody. */
  readonly offices?: Readonly<Partial<Record<Office, readonly string[]>>>;
  /** Whoever holds a role today, the deployer too, as far as the chambers do not keep it. */
  readonly holders: readonly { readonly role: bigint; readonly account: string }[];
}

/** A call of the charter by its administrator. */
export interface CharterCall {
  readonly name: "grantRole" | "revokeRole" | "setRoleGuardian" | "setRoleAdmin";
  readonly args: readonly (bigint | number | string)[];
}

/**
 * What hands a consortium over, in order: rights to the chambers, vetoes and offices to the Council, everything from
 * everybody else, the deployer's own administration last.
 */
export function handoverCalls(handover: Handover): CharterCall[] {
  const { council, board, assembly, amendments, admissions, boardDelay, offices = {}, holders } = handover;
  const call = (name: CharterCall["name"], ...args: CharterCall["args"]): CharterCall => ({ name, args });
  const grant = (role: bigint, account: string, delay = 0) => call("grantRole", role, account, delay);
  const granted = [
    ...BOARD_ROLES.map((role) => grant(ROLES[role], board, boardDelay)),
    ...OVERRIDE_ROLES.map((role) => grant(ROLES[role], assembly)),
    grant(ROLES.council, council),
    grant(ROLES.assembly, assembly),
    grant(ROLES.admitter, admissions),
    ...OFFICES.flatMap((office) => (offices[office] ?? []).map((holder) => grant(ROLES[office], holder))),
    grant(ADMIN, amendments),
  ];
  const stays = new Set(granted.map(({ args: [role, account] }) => keyOf(role, account)));
  const leaving = holders.filter(({ role, account }) => !stays.has(keyOf(role, account)));
  const revoke = ({ role, account }: (typeof holders)[number]) => call("revokeRole", role, account);
  return [
    ...granted,
    ...BOARD_ROLES.map((role) => call("setRoleGuardian", ROLES[role], ROLES.council)),
    ...leaving.filter(({ role }) => role !== ADMIN).map(revoke),
    ...OFFICES.map((office) => call("setRoleAdmin", ROLES[office], ROLES.council)),
    ...leaving.filter(({ role }) => role === ADMIN).map(revoke),
  ];
}

/** Everybody who holds a role right after a deployment in which one account was given all. */
export function bootstrapHolders(deployer: string): { role: bigint; account: string }[] {
  return [ADMIN, ...BOOTSTRAP_ROLES.map((role) => ROLES[role])].map((role) => ({ role, account: deployer }));
}

/** The handover in one transaction: it happens as a whole, or not at all. */
export function handoverModule(handover: Handover) {
  return buildModule("Handover", (m) => {
    const charter = m.contractAt("Charter", handover.charter);
    const calls = handoverCalls(handover).map(({ name, args }, index) =>
      m.encodeFunctionCall(charter, name, [...args], { id: `step_${index + 1}_${name}` }),
    );
    m.call(charter, "multicall", [calls]);
    return { charter };
  });
}

function keyOf(role: unknown, account: unknown): string {
  return `${String(role)} ${String(account).toLowerCase()}`;
}
