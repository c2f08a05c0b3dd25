import type { Log, LogDescription } from "ethers";
import { readLogs } from "../chain/events.ts";
import { ConsortiaError } from "../core/error.ts";
import { ADMIN } from "../core/roles.ts";
import type { Consortium } from "./consortium.ts";
import { read } from "./verb.ts";

/** A role in somebody's hands. */
export interface HeldRole {
  readonly role: bigint;
  readonly account: string;
  /** From when, in seconds since 1970. */
  readonly since: number;
  /** How long the holder's acts wait, in seconds, as last set; a shorter one may take effect later. */
  readonly delay: number;
}

/** A function's role. */
export interface FunctionRole {
  readonly target: string;
  readonly selector: string;
  readonly role: bigint;
}

/** What a charter's whole log says of rights; addresses as ethers writes them. */
export interface RightsLog {
  /** Who was given the charter when it was created. */
  readonly deployer: string;
  readonly toBlock: number;
  readonly held: readonly HeldRole[];
  /** Every role that the log ever named. */
  readonly roles: readonly bigint[];
  /** Who may cancel what holders of a role have scheduled; the administrators where a role is missing. */
  readonly guardians: ReadonlyMap<bigint, bigint>;
  /** Who grants and revokes a role; the administrators where a role is missing. */
  readonly admins: ReadonlyMap<bigint, bigint>;
  /** Functions that do not belong to the administrators. */
  readonly functions: readonly FunctionRole[];
  readonly closed: readonly string[];
  /** How long acts of administration on a target wait, in seconds. */
  readonly adminDelays: ReadonlyMap<string, number>;
}

/**
 * Folds a charter's logs, from its creation on, to who holds what.
 * @throws `HistoryIncomplete` where the first log is not that of the charter's creation; `NetworkUnreachable`
 */
export async function readRights(consortium: Consortium): Promise<RightsLog> {
  const { provider, deployment, contracts } = consortium;
  const toBlock = await read(provider.getBlockNumber());
  const range = { address: deployment.charter, fromBlock: deployment.fromBlock, toBlock };
  const fold = new RightsFold();
  let first: Log | undefined;
  for await (const log of readLogs(provider, range)) {
    first ??= log;
    const event = contracts.charter.interface.parseLog(log);
    if (event !== null) fold.apply(event);
  }
  await requireCreation(consortium, first);
  return fold.result(toBlock);
}

class RightsFold {
  #deployer = "";
  readonly #held = new Map<string, HeldRole>();
  readonly #roles = new Set<bigint>();
  readonly #guardians = new Map<bigint, bigint>();
  readonly #admins = new Map<bigint, bigint>();
  readonly #functions = new Map<string, FunctionRole>();
  readonly #closed = new Set<string>();
  readonly #adminDelays = new Map<string, number>();

  apply({ name, args }: LogDescription): void {
    const role = args.roleId as bigint | undefined;
    if (role !== undefined) this.#roles.add(role);
    switch (name) {
      case "RoleGranted":
        this.#grant(args as unknown as Granted);
        return;
      case "RoleRevoked":
        this.#held.delete(`${String(role)} ${String(args.account)}`);
        return;
      case "RoleGuardianChanged":
        this.#guardians.set(role ?? ADMIN, args.guardian as bigint);
        return;
      case "RoleAdminChanged":
        this.#admins.set(role ?? ADMIN, args.admin as bigint);
        return;
      case "TargetFunctionRoleUpdated": {
        const [target, selector] = [args.target as string, args.selector as string];
        this.#functions.set(`${target} ${selector}`, { target, selector, role: role ?? ADMIN });
        return;
      }
      case "TargetClosed":
        if (args.closed === true) this.#closed.add(args.target as string);
        else this.#closed.delete(args.target as string);
        return;
      case "TargetAdminDelayUpdated":
        this.#adminDelays.set(args.target as string, Number(args.delay));
    }
  }

  #grant({ roleId: role, account, delay, since, newMember }: Granted): void {
    const key = `${role} ${account}`;
    const before = this.#held.get(key);
    if (this.#deployer === "" && role === ADMIN) this.#deployer = account;
    // A member's new delay says when that takes effect; the membership is as old as it was.
    const from = newMember || before === undefined ? Number(since) : before.since;
    this.#held.set(key, { role, account, since: from, delay: Number(delay) });
  }

  result(toBlock: number): RightsLog {
    return {
      deployer: this.#deployer,
      toBlock,
      held: [...this.#held.values()],
      roles: [...this.#roles].sort((a, b) => (a < b ? -1 : 1)),
      guardians: this.#guardians,
      admins: this.#admins,
      functions: [...this.#functions.values()].filter(({ role }) => role !== ADMIN),
      closed: [...this.#closed],
      adminDelays: this.#adminDelays,
    };
  }
}

interface Granted {
  readonly roleId: bigint;
  readonly account: string;
  readonly delay: bigint;
  readonly since: bigint;
  readonly newMember: boolean;
}

/** A log that begins later than its charter may leave out whoever was given a right before. */
async function requireCreation(consortium: Consortium, first: Log | undefined): Promise<void> {
  const { provider, deployment } = consortium;
  const receipt =
    first === undefined ? null : await read(provider.getTransactionReceipt(first.transactionHash));
  if (receipt?.contractAddress?.toLowerCase() === deployment.charter.toLowerCase()) return;
  throw new ConsortiaError(
    "HistoryIncomplete",
    `The charter's log does not begin with its creation from block ${deployment.fromBlock} on, so a right could be missed. Name the block it was created in.`,
    { values: { fromBlock: deployment.fromBlock } },
  );
}
