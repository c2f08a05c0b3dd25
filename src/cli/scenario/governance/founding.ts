import { Wallet } from "ethers";
import type { AbstractSigner, HDNodeWallet, JsonRpcProvider } from "ethers";
import { ZERO } from "../../../core/money.ts";
import { addMonths, parsePeriod, periodStart } from "../../../core/period.ts";
import { VOICE_WAITING_MONTHS } from "../../../core/voice.ts";
import { createDirectoryStore } from "../../../records/directory.ts";
import { actAs } from "../../../sdk/consortium.ts";
import { readDelegate } from "../../../sdk/delegates.ts";
import { listSeats } from "../../../sdk/seats.ts";
import { sendVoiceSyncAll } from "../../../sdk/voice.ts";
import { handOver } from "../../network/handover.ts";
import type { Preset } from "../../network/preset.ts";
import { createKey, fundActors, setStage } from "../stage.ts";
import { foundingCast } from "./cast.ts";
import { DAY, Polity } from "./polity.ts";

export interface FoundingOptions {
  readonly preset: Preset;
  /** Where bundles of records are kept. */
  readonly records: string;
  readonly progress: (step: string) => void;
}

/** How many members deposit; the others only govern. */
const TRADING = 3;

/** The month before which the consortium is founded. */
const FIRST_MONTH = parsePeriod("2027-01");

/**
 * Founds a consortium: members are admitted, some deposit, one founder of each constituency takes a seat in the Council,
 * and the deployer hands everything over. The caller closes the stage.
 */
export async function found({ preset, records, progress }: FoundingOptions): Promise<Polity> {
  progress("Deploying the consortium and admitting its founding members");
  const keys = preset.governance.constituencies.map(() => Wallet.createRandom());
  const founders = { council: keys.map(({ address }) => address) };
  const stage = await setStage(foundingCast(), preset, FIRST_MONTH, founders);
  try {
    const { chain, actors, admin } = stage;
    const trading = actors.slice(0, TRADING);
    await fundActors(stage, new Map(trading.map(({ id, deposit }) => [id, deposit ?? ZERO])));
    const relay = actAs(admin, await createKey(chain));
    const polity = new Polity(stage, relay, createDirectoryStore(records), progress);
    await meet(polity, keys);
    await polity.note(
      `${actors.length} founding members, ${keys.length} founders in a Council of ${seatsOf(preset)}`,
    );
    const [deployer] = chain.accounts;
    const signer = deployer as unknown as AbstractSigner<JsonRpcProvider>;
    await handOver(admin, { signer, boardDelay: preset.governance.boardDelay });
    await polity.note("the deployer hands every right over to the chambers");
    return polity;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** Lets three months go by, after which anybody has the members' voice counted. */
export async function giveVoice(polity: Polity): Promise<void> {
  const { relay, stage } = polity;
  // Members were admitted in the month before the first.
  await polity.waitUntil(periodStart(addMonths(FIRST_MONTH, VOICE_WAITING_MONTHS - 1)));
  await sendVoiceSyncAll(
    relay,
    stage.actors.map(({ id }) => id),
  );
  await polity.note("members have a voice, three months after they joined");
  // Rolls and votes are read as they stood before.
  await polity.wait(DAY);
}

/** Gives the founders coins for gas, and a place among the people whom the scenario knows. */
async function meet(polity: Polity, keys: readonly HDNodeWallet[]): Promise<void> {
  const { relay, stage } = polity;
  for (const constituency of polity.constituencies("council")) {
    for (const { delegate } of await listSeats(relay, { body: "council", constituency })) {
      if (delegate === undefined) continue;
      const { key: address } = await readDelegate(relay, delegate);
      const key = keys.find((one) => one.address === address);
      if (key === undefined) throw new TypeError(`founder ${delegate} has a key of somebody else`);
      await stage.chain.fund(address);
      polity.know({ voter: delegate, key: key.connect(stage.chain.provider) });
    }
  }
}

function seatsOf({ governance }: Preset): number {
  return governance.constituencies.reduce((sum, { seats }) => sum + seats, 0);
}
