import { network } from "hardhat";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { Wallet, ZeroAddress } from "ethers";
import type { HDNodeWallet, Signer } from "ethers";
import { GovernanceModule } from "../../deploy/modules/Governance.ts";
import type { Deployment } from "../../src/chain/contracts.ts";
import { COMMONS, delegateId, isil, memberId, serviceId } from "../../src/core/ids.ts";
import type { DelegateId, MemberId } from "../../src/core/ids.ts";
import { parseCredits } from "../../src/core/money.ts";
import type { Credits } from "../../src/core/money.ts";
import { addMonths, periodEnd, periodStart } from "../../src/core/period.ts";
import type { PeriodId } from "../../src/core/period.ts";
import type { Price } from "../../src/core/schedule.ts";
import { actAs, openConsortium } from "../../src/sdk/consortium.ts";
import type { Consortium } from "../../src/sdk/consortium.ts";
import { sendDeposit, sendSync } from "../../src/sdk/accounts.ts";
import { sendAdmission, sendApplication } from "../../src/sdk/members.ts";
import { sendClose, readPeriod } from "../../src/sdk/periods.ts";
import { sendDraft, sendPublication } from "../../src/sdk/schedules.ts";

/** A ledger without desks: nobody can call from the zero address. */
export const NO_DESKS = {
  claims: ZeroAddress,
  reversals: ZeroAddress,
  advances: ZeroAddress,
  pricing: ZeroAddress,
  compensation: ZeroAddress,
};

/** October 2026: the month tests open in. */
export const OCTOBER = (2026 * 12 + 9) as PeriodId;

export const LOAN = serviceId(1);
export const COPY = serviceId(2);

/** Loans at 12, 10 and 6 credits, copies at 5, 4 and 2.50, by tier; 0.26 to COMMONS each. */
export const PRICES: readonly Price[] = [
  ["12", "10", "6"].map((price, tier) => ({ service: LOAN, tier: tier + 1, price })),
  ["5", "4", "2.5"].map((price, tier) => ({ service: COPY, tier: tier + 1, price })),
]
  .flat()
  .map((entry) => ({ ...entry, price: parseCredits(entry.price), fee: parseCredits("0.26") }));

/** An admitted member with one key pair that holds every right. */
export interface TestMember {
  readonly id: MemberId;
  readonly key: HDNodeWallet;
  readonly payee: string;
  /** The consortium as this member's key sees it. */
  readonly as: Consortium;
}

export type TestConsortium = Awaited<ReturnType<typeof createConsortium>>;

const PHRASE = Wallet.fromPhrase("test test test test test test test test test test test junk");

/** What is promised from the first day on, so that tests can issue as they like: more than a ledger can hold. */
const PROMISED = 2n ** 64n;

/** How many founders sit in the Council, and in the Board. */
const FOUNDERS = 3;

/** Somebody who sits from the foundation on. */
export interface TestFounder {
  readonly delegate: DelegateId;
  readonly key: HDNodeWallet;
  /** The consortium as this founder's key sees it. */
  readonly as: Consortium;
}

/** What a test's consortium is founded with. */
export interface WorldOptions {
  /** Parameters of the module of governance; its own defaults are used for the others. */
  readonly governance?: DeploymentParameters[string];
}

/** A fresh chain with a consortium on it, prices in force from October 2026, the clock in mid-October. */
export async function createConsortium(options: WorldOptions = {}) {
  const connection = await network.create();
  const { ethers, networkHelpers: time } = connection;
  const provider = ethers.provider;
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new Error("the test chain has no accounts");
  await time.time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, -1)) + 86_400);

  const founderKeys = await Promise.all(
    Array.from({ length: 2 * FOUNDERS }, async (_, index) => {
      const key = PHRASE.deriveChild(900 + index).connect(provider);
      await provider.send("hardhat_setBalance", [key.address, "0x56bc75e2d63100000"]);
      return key;
    }),
  );
  const { token, ...contracts } = await connection.ignition.deploy(GovernanceModule, {
    parameters: {
      Charter: { textHash: ethers.id("The members decide.") },
      Governance: {
        councilFounders: seatsOf(founderKeys.slice(0, FOUNDERS)),
        boardFounders: seatsOf(founderKeys.slice(FOUNDERS)),
        ...options.governance,
      },
    },
  });
  const at = (name: keyof typeof contracts): Promise<string> => contracts[name].getAddress();
  const { chainId } = await provider.getNetwork();
  const deployment: Deployment = {
    chainId,
    charter: await at("charter"),
    register: await at("register"),
    schedule: await at("schedule"),
    ledger: await at("ledger"),
    claims: await at("claims"),
    reversals: await at("reversals"),
    advances: await at("advances"),
    pricing: await at("pricing"),
    resources: await at("resources"),
    compensation: await at("compensation"),
    asset: await token.getAddress(),
    governance: {
      delegates: await at("delegates"),
      voice: await at("voice"),
      councilSeats: await at("councilSeats"),
      councilElections: await at("councilElections"),
      boardSeats: await at("boardSeats"),
      boardElections: await at("boardElections"),
      council: await at("council"),
      board: await at("board"),
      assembly: await at("assembly"),
      amendments: await at("amendments"),
      admissions: await at("admissions"),
    },
    fromBlock: 0,
  };
  const admin = await openConsortium(deployment, provider, deployer);
  await (await admin.contracts.asset.commit(COMMONS, PROMISED, ethers.id("A promise."))).wait();
  const { version } = await sendDraft(admin, PRICES);
  await sendPublication(admin, { version, from: OCTOBER });
  await time.time.increaseTo(periodStart(OCTOBER) + 15 * 86_400);
  await sendClose(admin);

  const founders = founderKeys.map((key, index): TestFounder => ({
    delegate: delegateId(index + 1),
    key,
    as: actAs(admin, key),
  }));

  let seed = 0;
  /** A funded key pair that nobody has used. */
  async function createKey(): Promise<HDNodeWallet> {
    const key = PHRASE.deriveChild(1_000 + seed++);
    await provider.send("hardhat_setBalance", [key.address, "0x56bc75e2d63100000"]);
    return key.connect(provider);
  }

  /** Admits a member and deposits credits for it. */
  async function createMember(options: { tier?: number; deposit?: Credits } = {}): Promise<TestMember> {
    const key = await createKey();
    const as = actAs(admin, key);
    const payee = (await createKey()).address;
    const { member } = await sendApplication(as, {
      isil: isil(`XA-T${seed}`),
      kind: 1,
      tier: options.tier ?? 1,
      constituency: 1,
      region: 1,
      payee,
    });
    await sendAdmission(admin, member);
    if (options.deposit !== undefined && options.deposit > 0n) await fund(member, options.deposit);
    return { id: member, key, payee, as };
  }

  /** Issues credits and deposits them. */
  async function fund(member: MemberId, amount: Credits): Promise<void> {
    await (await admin.contracts.asset.issue(deployer as Signer, amount)).wait();
    await sendDeposit(admin, { member, amount });
  }

  /** Moves the clock past the open month and closes it. */
  async function closeMonth(): Promise<void> {
    const { open, now } = await readPeriod(admin);
    if (now < periodEnd(open)) await time.time.increaseTo(periodEnd(open));
    await sendClose(admin);
  }

  return {
    connection,
    ethers,
    time: time.time,
    networkHelpers: time,
    admin,
    deployment,
    /** Who sits from the foundation on; the seats are those of constituency 0, from the first on. */
    founders: { council: founders.slice(0, FOUNDERS), board: founders.slice(FOUNDERS) },
    createKey,
    createMember,
    fund,
    closeMonth,
  };
}

/** COMMONS and RELIEF, for tests that touch them. */
export async function syncReserved(consortium: Consortium): Promise<void> {
  for (const id of [1, 2]) await sendSync(consortium, memberId(id));
}

/** Founders' seats, one after the other. */
function seatsOf(keys: readonly HDNodeWallet[]) {
  return keys.map(({ address }, seat) => ({ constituency: 0, seat, key: address }));
}
