import type { HDNodeWallet } from "ethers";
import type { Body } from "../../../chain/ballotSigning.ts";
import { readConstituency } from "../../../sdk/elections.ts";
import { prepareOfficeGrant } from "../../../sdk/charter.ts";
import { readSeat } from "../../../sdk/seats.ts";
import { createKey } from "../stage.ts";
import { decide } from "./decision.ts";
import { holdElections, inTurn, type Race } from "./election.ts";
import { DAY, type Elector, type Polity } from "./polity.ts";

/** Who holds an office, seated by the Council. */
export interface Officers {
  readonly guardian: HDNodeWallet;
  readonly authority: HDNodeWallet;
}

/** The members of each constituency fill what seats of the Council are due. */
export async function electCouncil(polity: Polity): Promise<void> {
  const races: Race[] = [];
  for (const constituency of polity.constituencies("council")) {
    const race = await raceFor(polity, "council", constituency, polity.members(constituency));
    if (race !== undefined) races.push(race);
  }
  const elections = await holdElections(polity, races);
  const filled = sum(elections.map(({ seats }) => seats.length));
  const [ballots, roll] = [
    sum(elections.map((one) => one.ballots)),
    sum(elections.map((one) => one.electors)),
  ];
  await polity.note(
    `${races.length} constituencies fill ${filled} seats of the Council, ${ballots} of ${roll} members vote`,
  );
  // Rolls and votes are read as they stood before.
  await polity.wait(DAY);
}

/** Once their successors can be elected, they are. */
export async function succeedFounders(polity: Polity): Promise<void> {
  for (const constituency of polity.constituencies("council")) {
    const { until, founding } = await readSeat(polity.relay, { body: "council", constituency, seat: 0 });
    if (founding) await polity.waitUntil(until);
  }
  await electCouncil(polity);
}

/** The Council elects trustees to what seats of the Board are due. */
export async function electBoard(polity: Polity): Promise<void> {
  const electors = await polity.sitting("council");
  const race = await raceFor(polity, "board", 0, electors);
  if (race === undefined) return;
  const [election] = await holdElections(polity, [race]);
  const { seats = [], ballots = 0 } = election ?? {};
  await polity.note(
    `the Council elects ${seats.length} trustees, ${ballots} of ${electors.length} councillors vote`,
  );
  await polity.wait(DAY);
}

/** The Council fills the offices that this year needs. */
export async function fillOffices(polity: Polity): Promise<Officers> {
  const { relay, stage } = polity;
  const [guardian, authority] = [await createKey(stage.chain), await createKey(stage.chain)];
  const calls = [
    await prepareOfficeGrant(relay, { office: "guardian", holder: guardian.address }),
    await prepareOfficeGrant(relay, { office: "authority", holder: authority.address }),
  ];
  await decide(polity, { house: "council", calls, description: "Seat the guardian and the authority." });
  await polity.note("the Council seats a guardian and the public authority");
  return { guardian, authority };
}

/** New candidates, one more than there are seats; nothing where no seat is due. */
async function raceFor(
  polity: Polity,
  body: Body,
  constituency: number,
  electors: readonly Elector[],
): Promise<Race | undefined> {
  const { due } = await readConstituency(polity.relay, { body, constituency });
  if (due.length === 0) return undefined;
  const candidates = await polity.enrol(due.length + 1);
  return { body, constituency, candidates, electors, approves: inTurn(candidates.length, due.length) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
