import type { Ground } from "./ground.ts";

/** Events of the charter that say who may do what; the others change nothing that an audit needs. */
export interface CharterEvents {
  RoleGranted: { roleId: bigint; account: string; delay: number; since: number; newMember: boolean };
  RoleRevoked: { roleId: bigint; account: string };
  TargetFunctionRoleUpdated: { target: string; selector: string; roleId: bigint };
}

interface Tenure {
  /** By address, from when the role counts. */
  readonly holders: Map<string, number>;
  vacantSince: number | undefined;
  vacantSeconds: number;
}

const PUBLIC_ROLE = (1n << 64n) - 1n;

/** Who holds which role, since when, and for how long nobody did. Twin of contracts/Charter.sol. */
export class CharterFold {
  readonly #ground: Ground;
  readonly #address: string;
  readonly #tenures = new Map<bigint, Tenure>();
  readonly #roles = new Map<string, bigint>();
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
    RoleGranted: ({ roleId, account, since, newMember }) => {
      const tenure = this.#tenure(roleId);
      if (newMember === tenure.holders.has(account)) {
        const message = `${account} was granted role ${roleId} as ${newMember ? "a new" : "an old"} holder, and is none.`;
        this.#ground.find("RoleImpossible", message, { found: account });
      }
      if (!newMember) return; // only its delay changed
      if (tenure.holders.size === 0) tenure.vacantSeconds = this.vacantSeconds(roleId);
      tenure.holders.set(account, since);
    },
    RoleRevoked: ({ roleId, account }) => {
      const tenure = this.#tenure(roleId);
      if (!tenure.holders.delete(account)) {
        this.#ground.find("RoleImpossible", `${account} lost role ${roleId}, which it did not hold.`);
        return;
      }
      if (tenure.holders.size === 0) tenure.vacantSince = this.#ground.now;
    },
    TargetFunctionRoleUpdated: ({ target, selector, roleId }) => {
      this.#roles.set(`${target}/${selector}`, roleId);
    },
  };

  holders(role: bigint): number {
    return this.#tenures.get(role)?.holders.size ?? 0;
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
    const role = this.#roles.get(`${target.toLowerCase()}/${selector}`) ?? 0n;
    if (role === PUBLIC_ROLE || caller === this.#address) return true;
    const since = this.#tenures.get(role)?.holders.get(caller);
    return since !== undefined && since <= this.#ground.now;
  }

  #tenure(role: bigint): Tenure {
    let tenure = this.#tenures.get(role);
    if (tenure === undefined) {
      tenure = { holders: new Map(), vacantSince: undefined, vacantSeconds: 0 };
      this.#tenures.set(role, tenure);
    }
    return tenure;
  }
}
