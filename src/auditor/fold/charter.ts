import type { Ground } from "./ground.ts";
import { changeDelay, delayAt, delayOf, NO_DELAY, type Delay } from "./delay.ts";

/** Events of the charter that say who may do what. */
export interface CharterEvents {
  RoleGranted: { roleId: bigint; account: string; delay: number; since: number; newMember: boolean };
  RoleRevoked: { roleId: bigint; account: string };
  RoleAdminChanged: { roleId: bigint; admin: bigint };
  RoleGuardianChanged: { roleId: bigint; guardian: bigint };
  RoleGrantDelayChanged: { roleId: bigint; delay: number; since: number };
  TargetFunctionRoleUpdated: { target: string; selector: string; roleId: bigint };
  TargetClosed: { target: string; closed: boolean };
  CharterTextPinned: { textHash: string };
  CharterBoardBound: { board: string; council: string; boardSeats: string };
}

/** How somebody holds a role. */
export interface Holding {
  /** From when it counts, in seconds since 1970. */
  readonly since: number;
  /** How long what its holder does by it must wait. */
  readonly delay: Delay;
}

/** What a caller may do: at once, after a delay, or not at all. */
export interface Access {
  readonly immediate: boolean;
  readonly delay: number;
}

interface Tenure {
  readonly holders: Map<string, Holding>;
  vacantSince: number | undefined;
  vacantSeconds: number;
}

export const PUBLIC_ROLE = (1n << 64n) - 1n;
export const ADMIN = 0n;
/** How long a change of how long grants wait must wait itself; OpenZeppelin's `minSetback`. */
const SETBACK = 5 * 86_400;
const SET_AUTHORITY = "0x7a9e5e4b";
const NONE: Access = { immediate: false, delay: 0 };

/** Who holds which role, since when, and for how long nobody did. Twin of contracts/Charter.sol. */
export class CharterFold {
  /** Who stands in for whom; absent until it is bound. */
  bound: CharterEvents["CharterBoardBound"] | undefined;
  textHash = `0x${"0".repeat(64)}`;
  readonly #ground: Ground;
  readonly #address: string;
  readonly #tenures = new Map<bigint, Tenure>();
  readonly #roles = new Map<string, bigint>();
  readonly #admins = new Map<bigint, bigint>();
  readonly #guardians = new Map<bigint, bigint>();
  readonly #grantDelays = new Map<bigint, Delay>();
  readonly #closed = new Set<string>();
  #born: number | undefined;

  constructor(ground: Ground, address: string) {
    this.#ground = ground;
    this.#address = address.toLowerCase();
  }

  /** Takes any log of the charter: the first tells when it was born. */
  begin(): void {
    this.#born ??= this.#ground.now;
  }

  readonly handlers: { [K in keyof CharterEvents]: (event: CharterEvents[K]) => void } = {
    RoleGranted: ({ roleId, account, delay, since, newMember }) => {
      const tenure = this.#tenure(roleId);
      const held = tenure.holders.get(account);
      if (newMember === (held !== undefined)) {
        const message = `${account} was granted role ${roleId} as ${newMember ? "a new" : "an old"} holder, and is none.`;
        this.#ground.find("RoleImpossible", message, { found: account });
        return;
      }
      const { now } = this.#ground;
      if (held === undefined) {
        if (tenure.holders.size === 0) tenure.vacantSeconds = this.vacantSeconds(roleId);
        tenure.holders.set(account, { since, delay: delayOf(delay) });
        this.#checkTime(`${account} was granted role ${roleId}`, now + this.grantDelay(roleId), since);
        return;
      }
      const changed = changeDelay(held.delay, delay, 0, now);
      tenure.holders.set(account, { ...held, delay: { ...changed, effect: since } });
      this.#checkTime(`The delay of ${account} in role ${roleId} changed`, changed.effect, since);
    },
    RoleRevoked: ({ roleId, account }) => {
      const tenure = this.#tenure(roleId);
      if (!tenure.holders.delete(account)) {
        this.#ground.find("RoleImpossible", `${account} lost role ${roleId}, which it did not hold.`);
        return;
      }
      if (tenure.holders.size === 0) tenure.vacantSince = this.#ground.now;
    },
    RoleAdminChanged: ({ roleId, admin }) => {
      this.#admins.set(roleId, admin);
    },
    RoleGuardianChanged: ({ roleId, guardian }) => {
      this.#guardians.set(roleId, guardian);
    },
    RoleGrantDelayChanged: ({ roleId, delay, since }) => {
      const before = this.#grantDelays.get(roleId) ?? NO_DELAY;
      const changed = changeDelay(before, delay, SETBACK, this.#ground.now);
      this.#grantDelays.set(roleId, { ...changed, effect: since });
      this.#checkTime(`How long grants of role ${roleId} wait changed`, changed.effect, since);
    },
    TargetFunctionRoleUpdated: ({ target, selector, roleId }) => {
      this.#roles.set(`${target}/${selector}`, roleId);
    },
    TargetClosed: ({ target, closed }) => {
      if (closed) this.#closed.add(target);
      else this.#closed.delete(target);
    },
    CharterTextPinned: ({ textHash }) => {
      this.textHash = textHash;
    },
    CharterBoardBound: (event) => {
      if (this.bound !== undefined) {
        this.#ground.find("ChamberRebound", `The charter knew its Board, and was bound to ${event.board}.`, {
          found: event.board,
        });
      }
      this.bound = event;
    },
  };

  /** How many hold a role, from when on it may count. */
  holders(role: bigint): number {
    return this.#tenures.get(role)?.holders.size ?? 0;
  }

  /** Who holds a role in a way that counts by now. */
  *holdersOf(role: bigint): Iterable<string> {
    for (const [account, { since }] of this.#tenures.get(role)?.holders ?? []) {
      if (since <= this.#ground.now) yield account;
    }
  }

  /** Everybody who holds a role, and how. */
  *holdings(): Iterable<readonly [role: bigint, account: string, holding: Holding]> {
    for (const [role, { holders }] of this.#tenures) {
      for (const [account, holding] of holders) yield [role, account, holding];
    }
  }

  /** Whether somebody holds a role now. */
  holds(role: bigint, account: string): boolean {
    const since = this.#tenures.get(role)?.holders.get(account)?.since;
    return role === PUBLIC_ROLE || (since !== undefined && since <= this.#ground.now);
  }

  /** The role that a contract's restricted function asks for. */
  roleOf(target: string, selector: string): bigint {
    return this.#roles.get(`${target.toLowerCase()}/${selector}`) ?? ADMIN;
  }

  /** Who grants and revokes a role, and who may cancel what it does. */
  adminOf(role: bigint): bigint {
    return this.#admins.get(role) ?? ADMIN;
  }

  guardianOf(role: bigint): bigint {
    return this.#guardians.get(role) ?? ADMIN;
  }

  /** For how many seconds a grant of a role waits now. */
  grantDelay(role: bigint): number {
    return delayAt(this.#grantDelays.get(role) ?? NO_DELAY, this.#ground.now);
  }

  /** Roles whose admin or guardian was ever set. */
  *governedRoles(): Iterable<bigint> {
    yield* new Set([...this.#admins.keys(), ...this.#guardians.keys()]);
  }

  /** For how many seconds of the charter's life nobody held a role, up to now. */
  vacantSeconds(role: bigint): number {
    return this.vacantSecondsAt(role, this.#ground.now);
  }

  vacantSecondsAt(role: bigint, now: number): number {
    const tenure = this.#tenures.get(role);
    const since = tenure?.vacantSince ?? this.#born ?? now;
    if (tenure !== undefined && tenure.holders.size > 0) return tenure.vacantSeconds;
    return (tenure?.vacantSeconds ?? 0) + now - since;
  }

  /** Whether an address may call a restricted function now: it holds the role, or is the charter, which asks itself. */
  mayCall(caller: string, target: string, selector: string): boolean {
    return caller === this.#address || this.holds(this.roleOf(target, selector), caller);
  }

  /** What somebody may do now, and how long it must wait. Twin of AccessManager's `canCall`. */
  access(caller: string, target: string, selector: string): Access {
    if (this.#closed.has(target)) return NONE;
    const role = selector === SET_AUTHORITY ? ADMIN : this.roleOf(target, selector);
    if (!this.holds(role, caller)) return NONE;
    const holding = this.#tenures.get(role)?.holders.get(caller);
    const delay = holding === undefined ? 0 : delayAt(holding.delay, this.#ground.now);
    return { immediate: delay === 0, delay };
  }

  #checkTime(what: string, expected: number, found: number): void {
    if (expected === found) return;
    const message = `${what} with effect from ${found}, and the charter's rules say ${expected}.`;
    this.#ground.find("RoleTimeWrong", message, { expected: String(expected), found: String(found) });
  }

  #tenure(role: bigint): Tenure {
    let tenure = this.#tenures.get(role);
    if (tenure === undefined) {
      tenure = { holders: new Map<string, Holding>(), vacantSince: undefined, vacantSeconds: 0 };
      this.#tenures.set(role, tenure);
    }
    return tenure;
  }
}
