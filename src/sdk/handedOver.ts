import { readLogs } from "../chain/events.ts";
import { ADMIN, BOARD_ROLES, OFFICES, ROLES } from "../core/roles.ts";
import type { Office, RoleName } from "../core/roles.ts";
import type { Consortium } from "./consortium.ts";
import { houseBindings, houseContracts, houseFunctions, houseRights } from "./house.ts";
import type { HouseContract, HouseRight } from "./house.ts";
import { readRights } from "./rights.ts";
import type { HeldRole, RightsLog } from "./rights.ts";
import { read } from "./verb.ts";

/** A way in which a consortium is not as its members' charter says. */
export interface RightsViolation {
  readonly code:
    | "RightStray"
    | "RightMissing"
    | "DelayShort"
    | "DelayUnwanted"
    | "GuardianWrong"
    | "RoleAdminWrong"
    | "FunctionRoleWrong"
    | "TargetClosed"
    | "AdminDelayed"
    | "BindingWrong"
    | "ReservedKeyStray"
    | "RecordDiffers";
  readonly message: string;
}

/** Somebody whom the Council seated in an office. */
export interface Officer {
  readonly office: Office;
  readonly holder: string;
  readonly since: number;
}

/** Who has which right in a consortium, told from its chain alone. */
export interface RightsReport {
  readonly toBlock: number;
  /** Who created the charter, and how many rights it has left. */
  readonly deployer: string;
  readonly deployerRights: number;
  /** What the chambers and the consortium's contracts hold. */
  readonly house: readonly HeldRole[];
  readonly officers: readonly Officer[];
  /** What the Board's delays must exceed, in seconds. */
  readonly vetoTime: number;
  readonly violations: readonly RightsViolation[];
}

/**
 * Checks from the chain alone that only the chambers and the consortium's contracts hold rights, offices apart,
 * and that the Council has its veto.
 * @throws `HistoryIncomplete`, `NetworkUnreachable`
 */
export async function verifyRights(consortium: Consortium): Promise<RightsReport> {
  const log = await readRights(consortium);
  const contracts = houseContracts(consortium);
  const vetoTime = Number(await read(consortium.contracts.governance.amendments.vetoTime()));
  const expected = houseRights(consortium);
  const [offices, rights] = split(log.held);
  const reserved = await reservedKeys(consortium, log);
  const violations = [
    ...strayRights(log, expected, contracts),
    ...missingRights(log, expected),
    ...(await delayFaults(consortium, expected, vetoTime)),
    ...roleFaults(log),
    ...(await recordFaults(consortium, log)),
    ...(await functionFaults(consortium, log, contracts)),
    ...targetFaults(log, contracts),
    ...(await bindingFaults(consortium)),
    ...reserved.map((message) => fault("ReservedKeyStray", message)),
  ];
  return {
    toBlock: log.toBlock,
    deployer: log.deployer,
    deployerRights: log.held.filter(({ account }) => account === log.deployer).length + reserved.length,
    house: rights.filter(({ account }) => contracts.some(({ address }) => same(address, account))),
    officers: offices.map(({ role, account, since }) => ({ office: officeOf(role), holder: account, since })),
    vetoTime,
    violations,
  };
}

const fault = (code: RightsViolation["code"], message: string): RightsViolation => ({ code, message });
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const isOffice = (role: bigint): boolean => OFFICES.some((office) => ROLES[office] === role);

function nameOf(role: bigint): string {
  if (role === ADMIN) return "administrator";
  return (Object.keys(ROLES) as RoleName[]).find((name) => ROLES[name] === role) ?? `role ${role}`;
}

function officeOf(role: bigint): Office {
  const office = OFFICES.find((one) => ROLES[one] === role);
  if (office === undefined) throw new TypeError(`role ${role} is no office`);
  return office;
}

/** Offices, and everything else. */
function split(held: readonly HeldRole[]): [HeldRole[], HeldRole[]] {
  return [held.filter(({ role }) => isOffice(role)), held.filter(({ role }) => !isOffice(role))];
}

function strayRights(
  { held, deployer }: RightsLog,
  expected: readonly HouseRight[],
  contracts: readonly HouseContract[],
): RightsViolation[] {
  const known = new Set<bigint>([ADMIN, ...Object.values(ROLES)]);
  return held
    .filter(({ role, account }) => {
      // An office is the Council's to give; the deployer's own goes with the handover.
      if (isOffice(role)) return account === deployer;
      if (expected.some((one) => one.role === role && same(one.account, account))) return false;
      return known.has(role) || !contracts.some(({ address }) => same(address, account));
    })
    .map(({ role, account }) => {
      const whose = account === deployer ? "the deployer" : "not its holder by the charter";
      return fault("RightStray", `${account} holds the role ${nameOf(role)} and is ${whose}.`);
    });
}

function missingRights({ held }: RightsLog, expected: readonly HouseRight[]): RightsViolation[] {
  return expected
    .filter((one) => !held.some(({ role, account }) => role === one.role && same(account, one.account)))
    .map(({ role, account }) => fault("RightMissing", `${account} does not hold the role ${nameOf(role)}.`));
}

/** By the charter's views, since they know of delays that are announced. */
async function delayFaults(
  { contracts: { charter } }: Consortium,
  expected: readonly HouseRight[],
  vetoTime: number,
): Promise<RightsViolation[]> {
  const faults: RightsViolation[] = [];
  for (const { role, account, waits } of expected) {
    const [since, current, pending, effect] = await read(charter.getAccess(role, account));
    if (since === 0n) continue;
    const least = Number(effect !== 0n && pending < current ? pending : current);
    const most = Number(effect !== 0n && pending > current ? pending : current);
    if (waits && least <= vetoTime) {
      const text = `The Board's acts as ${nameOf(role)} wait ${least} seconds; a veto takes up to ${vetoTime}.`;
      faults.push(fault("DelayShort", text));
    }
    if (!waits && most !== 0) {
      const text = `${account} must act as ${nameOf(role)} without delay and waits ${most} seconds.`;
      faults.push(fault("DelayUnwanted", text));
    }
  }
  return faults;
}

/** Guardians and administrators of every role that there is. */
function roleFaults({ roles, guardians, admins }: RightsLog): RightsViolation[] {
  const vetoed = new Set<bigint>(BOARD_ROLES.map((role) => ROLES[role]));
  const all = [...new Set([...Object.values(ROLES), ...roles])].filter((role) => role !== ADMIN);
  return all.flatMap((role) => {
    const [guardian, admin] = [guardians.get(role) ?? ADMIN, admins.get(role) ?? ADMIN];
    const keeper = vetoed.has(role) ? ROLES.council : ADMIN;
    const giver = isOffice(role) ? ROLES.council : ADMIN;
    const told = (what: string, found: bigint, wanted: bigint) =>
      `The role ${nameOf(role)} has as its ${what} the ${nameOf(found)}; it must be the ${nameOf(wanted)}.`;
    return [
      ...(guardian === keeper ? [] : [fault("GuardianWrong", told("guardian", guardian, keeper))]),
      ...(admin === giver ? [] : [fault("RoleAdminWrong", told("administrator", admin, giver))]),
    ];
  });
}

/** Whether the charter's own count of holders, and its word on each of them, is what its log says. */
async function recordFaults(
  { contracts: { charter } }: Consortium,
  { held, roles }: RightsLog,
): Promise<RightsViolation[]> {
  const faults: RightsViolation[] = [];
  for (const role of new Set<bigint>([ADMIN, ...Object.values(ROLES), ...roles])) {
    const [found, told] = [
      await read(charter.holdersOf(role)),
      held.filter((one) => one.role === role).length,
    ];
    if (Number(found) === told) continue;
    const text = `${found} hold the role ${nameOf(role)} by the charter, ${told} by its log.`;
    faults.push(fault("RecordDiffers", text));
  }
  for (const { role, account, since } of held) {
    const [found] = await read(charter.getAccess(role, account));
    if (Number(found) === since) continue;
    const text = `${account} holds the role ${nameOf(role)} since ${found} by the charter, since ${since} by its log.`;
    faults.push(fault("RecordDiffers", text));
  }
  return faults;
}

/** Every function that changes anything, of every contract, by the charter's views; and every other the log names. */
async function functionFaults(
  { contracts: { charter } }: Consortium,
  { functions }: RightsLog,
  contracts: readonly HouseContract[],
): Promise<RightsViolation[]> {
  const table = houseFunctions();
  const asked = contracts.flatMap(({ name, handle, address }) => {
    const known = new Map<string, string>();
    handle.interface.forEachFunction((fragment) => {
      if (!fragment.constant) known.set(fragment.selector, fragment.format());
    });
    for (const { target, selector } of functions) {
      if (same(target, address) && !known.has(selector)) known.set(selector, selector);
    }
    return [...known].map(([selector, signature]) => ({ name, address, selector, signature }));
  });
  const faults = await Promise.all(
    asked.map(async ({ name, address, selector, signature }) => {
      const found = await read(charter.getTargetFunctionRole(address, selector));
      const wanted = table.get(`${name}.${signature}`) ?? ADMIN;
      if (found === wanted) return [];
      const text = `${name}.${signature} asks for the role ${nameOf(found)}; it must be ${nameOf(wanted)}.`;
      return [fault("FunctionRoleWrong", text)];
    }),
  );
  return faults.flat();
}

function targetFaults({ closed, adminDelays }: RightsLog, contracts: readonly HouseContract[]) {
  return contracts.flatMap(({ name, address }) => {
    const delay = [...adminDelays].find(([target]) => same(target, address))?.[1] ?? 0;
    return [
      ...(closed.some((target) => same(target, address))
        ? [fault("TargetClosed", `${name} is closed to everybody.`)]
        : []),
      ...(delay === 0
        ? []
        : [fault("AdminDelayed", `Amendments of the rights on ${name} would wait ${delay} seconds more.`)]),
    ];
  });
}

async function bindingFaults(consortium: Consortium): Promise<RightsViolation[]> {
  const found = await Promise.all(
    houseBindings(consortium).map(async ({ what, find, expected }) => {
      const address = await read(find());
      if (same(address, expected)) return [];
      return [fault("BindingWrong", `${address} stands for ${what}; it must be ${expected}.`)];
    }),
  );
  return found.flat();
}

/** Keys of COMMONS and RELIEF that the deployer has kept: what it could do with the common purse. */
async function reservedKeys(consortium: Consortium, { deployer, toBlock }: RightsLog): Promise<string[]> {
  const { contracts, deployment, provider } = consortium;
  const found: string[] = [];
  for (const [member, name] of [
    [1, "COMMONS"],
    [2, "RELIEF"],
  ] as const) {
    const topics = await contracts.register.filters.KeySet(member, deployer).getTopicFilter();
    const range = { address: deployment.register, topics, fromBlock: deployment.fromBlock, toBlock };
    let rights = 0n;
    for await (const log of readLogs(provider, range)) {
      const event = contracts.register.interface.parseLog(log);
      if (event !== null) rights = event.args.rights as bigint;
    }
    if (rights !== 0n) found.push(`The deployer ${deployer} still has a key of ${name}.`);
  }
  return found;
}
