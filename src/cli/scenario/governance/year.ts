import type { Preset } from "../../network/preset.ts";
import { admitSmallLibraries } from "./admission.ts";
import { amend } from "./amendment.ts";
import { changeFees } from "./board.ts";
import { electBoard, electCouncil, fillOffices, succeedFounders } from "./council.ts";
import { found, giveVoice } from "./founding.ts";
import { pauseAndGoOn } from "./pause.ts";
import { petition } from "./petition.ts";
import type { Polity } from "./polity.ts";
import { recallSeat } from "./recall.ts";

export interface YearOptions {
  readonly preset: Preset;
  /** Where bundles of records are kept. */
  readonly records: string;
  readonly progress: (step: string) => void;
}

/**
 * The first months of a consortium that governs itself: the founders' year, and what only those may do who have been
 * members for twelve months. The caller closes the stage.
 */
export async function governYear(options: YearOptions): Promise<Polity> {
  const polity = await found(options);
  try {
    await giveVoice(polity);
    await electCouncil(polity);
    await electBoard(polity);
    const { guardian, authority } = await fillOffices(polity);
    await changeFees(polity);
    await pauseAndGoOn(polity, guardian);
    await recallSeat(polity);
    await succeedFounders(polity);
    await amend(polity);
    await petition(polity);
    await electBoard(polity);
    await admitSmallLibraries(polity, authority);
    await polity.keep();
    return polity;
  } catch (error) {
    await polity.stage.close();
    throw error;
  }
}
