import type { Contract, Interface, Provider } from "ethers";
import { hash, memberId, type Hash, type MemberId } from "../core/ids.ts";
import type { Consortium } from "../sdk/consortium.ts";
import { read } from "../sdk/verb.ts";

/** Whose state is worth a look, since an event once said that something would become due. */
export interface Candidates {
  readonly withdrawals: ReadonlySet<MemberId>;
  readonly payees: ReadonlySet<MemberId>;
  readonly rekeys: ReadonlySet<MemberId>;
  /** Debtor and creditor. */
  readonly debts: ReadonlyMap<string, readonly [debtor: MemberId, creditor: MemberId]>;
  /** Ids of claims that have not ended. */
  readonly claims: ReadonlySet<Hash>;
}

/** Candidates with nothing left to wait for. */
export interface Settled {
  readonly withdrawals: readonly MemberId[];
  readonly payees: readonly MemberId[];
  readonly rekeys: readonly MemberId[];
  /** Debtor and creditor, as {@link Candidates} names them. */
  readonly debts: readonly string[];
  readonly claims: readonly Hash[];
}

/** The block that a reading belongs to. */
export interface Tip {
  readonly number: number;
  readonly hash: string;
  readonly timestamp: number;
}

/** Nodes refuse to search more blocks at once. */
const SPAN = 5_000;
const LEDGER_EVENTS = ["WithdrawalAnnounced", "DebtAcknowledged"];
const REGISTER_EVENTS = ["PayeeAnnounced", "RekeyAnnounced"];
const CLAIM_EVENTS = ["ClaimOpened", "ClaimEnded"];

/**
 * Finds candidates in the logs of the ledger, the register and the claims desk. What it keeps from one look to the next only saves
 * reading: where the last block it saw is no longer part of the chain, it begins at the beginning.
 */
export function createScanner({ deployment, contracts, provider }: Consortium) {
  const { ledger, register, claims } = contracts;
  let found = none();
  let seen: Tip | undefined;

  async function scan(): Promise<{ tip: Tip; candidates: Candidates }> {
    const tip = await tipOf(provider);
    if (seen === undefined || !(await holds(provider, seen))) {
      found = none();
      seen = undefined;
    }
    const from = seen === undefined ? deployment.fromBlock : seen.number + 1;
    for (let start = from; start <= tip.number; start += SPAN) {
      const end = Math.min(start + SPAN - 1, tip.number);
      await Promise.all([
        collect(ledger as unknown as Contract, LEDGER_EVENTS, start, end),
        collect(register as unknown as Contract, REGISTER_EVENTS, start, end),
        collect(claims as unknown as Contract, CLAIM_EVENTS, start, end),
      ]);
    }
    // A block that came and went while its logs were read must be read again.
    seen = (await holds(provider, tip)) ? tip : undefined;
    return { tip, candidates: found };
  }

  async function collect(contract: Contract, events: readonly string[], fromBlock: number, toBlock: number) {
    const face: Interface = contract.interface;
    const address = await contract.getAddress();
    const topics = [events.map((name) => face.getEvent(name)!.topicHash)];
    for (const log of await read(provider.getLogs({ address, topics, fromBlock, toBlock }))) {
      const event = face.parseLog(log);
      if (event === null) continue;
      if (event.name === "ClaimOpened") found.claims.add(hash(event.args[0] as string));
      if (event.name === "ClaimEnded") found.claims.delete(hash(event.args[0] as string));
      if (CLAIM_EVENTS.includes(event.name)) continue;
      const member = memberId(Number(event.args[0]));
      if (event.name === "WithdrawalAnnounced") found.withdrawals.add(member);
      if (event.name === "PayeeAnnounced") found.payees.add(member);
      if (event.name === "RekeyAnnounced") found.rekeys.add(member);
      if (event.name === "DebtAcknowledged") {
        const creditor = memberId(Number(event.args[1]));
        found.debts.set(`${member}/${creditor}`, [member, creditor]);
      }
    }
  }

  /** Forgets what a reading at `tip` found settled; the events that would bring it back lie later. */
  function forget(settled: Settled): void {
    for (const name of ["withdrawals", "payees", "rekeys"] as const) {
      for (const member of settled[name]) found[name].delete(member);
    }
    for (const pair of settled.debts) found.debts.delete(pair);
    for (const claim of settled.claims) found.claims.delete(claim);
  }

  return { scan, forget };
}

export async function tipOf(provider: Provider): Promise<Tip> {
  const block = await read(provider.getBlock("latest"));
  return { number: block?.number ?? 0, hash: block?.hash ?? "", timestamp: block?.timestamp ?? 0 };
}

async function holds(provider: Provider, { number, hash }: Tip): Promise<boolean> {
  return (await read(provider.getBlock(number)))?.hash === hash;
}

function none() {
  return {
    withdrawals: new Set<MemberId>(),
    payees: new Set<MemberId>(),
    rekeys: new Set<MemberId>(),
    debts: new Map<string, readonly [MemberId, MemberId]>(),
    claims: new Set<Hash>(),
  };
}
