import { id, type HDNodeWallet } from "ethers";
import { startEmbeddedChain } from "../../src/cli/network/chain.ts";
import { deployConsortium } from "../../src/cli/network/deploy.ts";
import { loadPreset } from "../../src/cli/network/preset.ts";
import { isil, type MemberId } from "../../src/core/ids.ts";
import { parseCredits, type Credits } from "../../src/core/money.ts";
import { parsePeriod, periodEnd, periodStart } from "../../src/core/period.ts";
import { sendDeposit } from "../../src/sdk/accounts.ts";
import { actAs, openConsortium, type Consortium } from "../../src/sdk/consortium.ts";
import { sendAdmission, sendApplication } from "../../src/sdk/members.ts";
import { readPeriod, sendClose } from "../../src/sdk/periods.ts";
import { sendDraft, sendPublication } from "../../src/sdk/schedules.ts";

export const NETWORK_OCTOBER = parsePeriod("2026-10");

/** A member on a test network, with one key that holds every right. */
export interface NetworkMember {
  readonly id: MemberId;
  readonly isil: string;
  readonly key: HDNodeWallet;
  readonly as: Consortium;
}

export type TestNetwork = Awaited<ReturnType<typeof createNetwork>>;

/** A chain that is kept, and how many found the council and the board. */
interface NetworkOptions {
  readonly stateDir?: string;
  readonly council?: number;
  readonly board?: number;
}

/** A real node on a free port with a consortium on it; prices from October 2026, the clock in mid-October. */
export async function createNetwork({ council = 0, board = 0, ...options }: NetworkOptions = {}) {
  const timestamp = periodStart(parsePeriod("2026-09")) + 86_400;
  const chain = await startEmbeddedChain({ timestamp, accounts: 40, ...options });
  const [deployer, ...keys] = chain.accounts;
  const preset = await loadPreset("default");
  // The last keys found the consortium, so that the first ones are members' as ever.
  const founders = { council: keys.splice(-council, council), board: keys.splice(-board, board) };
  const addresses = (list: readonly HDNodeWallet[]) => list.map(({ address }) => address);
  const deployment = await deployConsortium({
    ...{ signer: deployer!, preset },
    founders: { council: addresses(founders.council), board: addresses(founders.board) },
  });
  const admin = await openConsortium(deployment, chain.provider, deployer);
  const { version } = await sendDraft(admin, preset.prices);
  await sendPublication(admin, { version, from: NETWORK_OCTOBER });
  await chain.setTime(periodStart(NETWORK_OCTOBER) + 15 * 86_400);
  await sendClose(admin);

  let used = 0;
  /** A funded key that nobody has used. */
  function nextKey(): HDNodeWallet {
    const key = keys[used++];
    if (key === undefined) throw new Error("the test network has no more accounts");
    return key;
  }

  async function createMember(deposit?: string): Promise<NetworkMember> {
    const key = nextKey();
    const as = actAs(admin, key);
    const symbol = isil(`XA-N${used}`);
    const application = { isil: symbol, kind: 1, tier: 1, constituency: 1, region: 1, payee: key.address };
    const { member } = await sendApplication(as, application);
    await sendAdmission(admin, member);
    if (deposit !== undefined) await fund(member, parseCredits(deposit));
    return { id: member, isil: symbol, key, as };
  }

  /** Issues credits against a promise and deposits them. */
  async function fund(member: MemberId, amount: Credits): Promise<void> {
    const { asset } = admin.contracts;
    await (await asset.commit(member, amount, id("A promise."))).wait();
    await (await asset.issue(deployer!, amount)).wait();
    await sendDeposit(admin, { member, amount });
  }

  /** Moves the clock to the end of the open month and further by so many days. */
  async function passMonth(days = 0): Promise<void> {
    const { open } = await readPeriod(admin);
    await chain.setTime(periodEnd(open) + days * 86_400);
  }

  return { chain, preset, deployment, admin, founders, nextKey, createMember, fund, passMonth };
}
