import { id as hashOf, Wallet } from "ethers";
import type { AbstractSigner, HDNodeWallet, JsonRpcProvider, TransactionReceipt } from "ethers";
import type { Isil, MemberId } from "../../core/ids.ts";
import { COMMONS, hash } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import { addMonths, periodStart } from "../../core/period.ts";
import type { PeriodId } from "../../core/period.ts";
import { sendAdvance, sendDeposit } from "../../sdk/accounts.ts";
import { issueAgainst } from "../../sdk/commitments.ts";
import { actAs, openConsortium } from "../../sdk/consortium.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { ALL_RIGHTS, sendAppointment } from "../../sdk/keys.ts";
import { sendAdmission, sendApplication } from "../../sdk/members.ts";
import { createKeeper } from "../../keeper/keeper.ts";
import type { Keeper } from "../../keeper/keeper.ts";
import { startEmbeddedChain } from "../network/chain.ts";
import type { EmbeddedChain } from "../network/chain.ts";
import { deployConsortium } from "../network/deploy.ts";
import type { Founders } from "../network/founding.ts";
import { numbering } from "../network/classes.ts";
import type { Preset } from "../network/preset.ts";
import { setRegime, type Regime } from "../network/regime.ts";
import type { Player } from "./cast.ts";

/** What every player signed: that it pays for the credits it is issued. */
export const PROMISE = hash(hashOf("We pay for the credits that are issued to us."));

/** A player once it is a member, with its key. */
export interface Actor extends Player {
  readonly id: MemberId;
  readonly key: HDNodeWallet;
  /** The consortium as its key sees it. */
  readonly as: Consortium;
}

/** A consortium on a fresh embedded chain, with everyone on stage. */
export interface Stage {
  readonly chain: EmbeddedChain;
  /** The consortium as the bootstrap administrator sees it. */
  readonly admin: Consortium;
  readonly preset: Preset;
  /** What of the preset is in force, from the first month on. */
  readonly regime: Regime;
  readonly actors: readonly Actor[];
  /** Keys of COMMONS that attest contributions, by the attestor's name in the preset. */
  readonly attestors: ReadonlyMap<string, HDNodeWallet>;
  /** Does what is due, with a key that has no right at all. */
  readonly keeper: Keeper;
  /** Gas by verb. */
  readonly meter: Meter;
  close(): Promise<void>;
}

/** Adds up what verbs cost. */
export class Meter {
  readonly #verbs = new Map<string, { calls: number; gas: number }>();

  /** Notes a transaction under its verb and hands its receipt on. */
  async note(verb: string, sent: Promise<TransactionReceipt>): Promise<TransactionReceipt> {
    const receipt = await sent;
    this.add(verb, Number(receipt.gasUsed));
    return receipt;
  }

  /** Notes one call of a verb. */
  add(verb: string, gas: number): void {
    const entry = this.#verbs.get(verb) ?? { calls: 0, gas: 0 };
    this.#verbs.set(verb, { calls: entry.calls + 1, gas: entry.gas + gas });
  }

  list(): { verb: string; calls: number; gas: number }[] {
    return [...this.#verbs].map(([verb, entry]) => ({ verb, ...entry }));
  }
}

const DAY = 86_400;

/**
 * Starts a chain in the month before `month`, deploys a consortium, publishes the preset's prices from `month` on
 * and admits every player with a key of its own.
 * @param founders the keys of those who sit until the first elections; nobody by default
 */
export async function setStage(
  players: readonly Player[],
  preset: Preset,
  month: PeriodId,
  founders: Partial<Founders> = {},
): Promise<Stage> {
  const chain = await startEmbeddedChain({ timestamp: periodStart(addMonths(month, -1)) + DAY });
  try {
    const [deployer] = chain.accounts;
    if (deployer === undefined) throw new TypeError("the embedded chain has no accounts");
    const signer = deployer as unknown as AbstractSigner<JsonRpcProvider>;
    const deployment = await deployConsortium({ signer, preset, founders });
    const admin = await openConsortium(deployment, chain.provider, deployer);
    const meter = new Meter();
    const payee = deployer.address;
    await sendAppointment(admin, { member: COMMONS, key: payee, rights: ALL_RIGHTS, payee });
    const attestors = new Map<string, HDNodeWallet>();
    for (const { name } of preset.attestors) attestors.set(name, await createKey(chain));
    const keys = Object.fromEntries([...attestors].map(([name, { address }]) => [name, address]));
    const regime = await setRegime(admin, { preset, from: month, attestors: keys });
    const actors = await admit(chain, admin, preset, players, meter);
    const keeper = createKeeper({ consortium: actAs(admin, await createKey(chain)) });
    return { chain, admin, preset, regime, actors, attestors, keeper, meter, close: () => chain.stop() };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}

/** A fresh key with coins for gas. */
export async function createKey(chain: EmbeddedChain): Promise<HDNodeWallet> {
  const key = Wallet.createRandom().connect(chain.provider);
  await chain.fund(key.address);
  return key;
}

async function admit(
  chain: EmbeddedChain,
  admin: Consortium,
  preset: Preset,
  players: readonly Player[],
  meter: Meter,
): Promise<Actor[]> {
  const [kinds, regions] = [numbering(preset.kinds), numbering(preset.regions)];
  const constituencies = numbering(namedConstituencies(preset, players));
  const actors: Actor[] = [];
  for (const player of players) {
    const key = await createKey(chain);
    const as = actAs(admin, key);
    const { member, receipt } = await sendApplication(as, {
      isil: player.isil,
      kind: kinds(player.kind),
      tier: player.tier,
      constituency: constituencies(player.constituency),
      region: regions(player.region),
      payee: key.address,
    });
    await meter.note("apply", Promise.resolve(receipt));
    await meter.note("admit", sendAdmission(admin, member));
    actors.push({ ...player, id: member, key, as });
  }
  return actors;
}

/** Issues credits to every player and has it deposit them, then moves the advances. */
export async function fundActors(stage: Stage, deposits: ReadonlyMap<MemberId, Credits>): Promise<void> {
  const { admin, actors, meter } = stage;
  for (const actor of actors) {
    const amount = deposits.get(actor.id);
    if (amount === undefined || amount <= 0n) continue;
    await issueAgainst(admin, { member: actor.id, amount, to: actor.key.address, document: PROMISE });
    await meter.note("deposit", sendDeposit(actor.as, { member: actor.id, amount }));
  }
  for (const actor of actors) {
    if (actor.advance === undefined) continue;
    const sponsor = sponsorOf(actors, actor.advance.sponsor);
    await meter.note(
      "advance",
      sendAdvance(sponsor.as, { sponsor: sponsor.id, member: actor.id, amount: actor.advance.amount }),
    );
  }
}

function sponsorOf(actors: readonly Actor[], name: Isil): Actor {
  const sponsor = actors.find((actor) => actor.isil === name);
  if (sponsor === undefined) throw new TypeError(`the sponsor ${name} is not in the cast`);
  return sponsor;
}

/** The preset's constituencies where the players know them by name; other casts are numbered as they come. */
function namedConstituencies({ governance }: Preset, players: readonly Player[]) {
  const names = new Set(players.map(({ constituency }) => constituency));
  const constituencies = governance.constituencies.map(({ constituency: id, name }) => ({ id, name }));
  return constituencies.some(({ name }) => names.has(name)) ? constituencies : [];
}
