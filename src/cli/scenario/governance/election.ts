import { id } from "ethers";
import type { Body } from "../../../chain/ballotSigning.ts";
import { hash } from "../../../core/ids.ts";
import { signApproval, signConsent, signSupport } from "../../../sdk/ballots.ts";
import {
  readElection,
  sendApprovals,
  sendCount,
  sendNomination,
  sendOpening,
  type Election,
} from "../../../sdk/elections.ts";
import type { Elector, Person, Polity } from "./polity.ts";

/** An election to be held. */
export interface Race {
  readonly body: Body;
  readonly constituency: number;
  /** In the order in which they are nominated. */
  readonly candidates: readonly Person[];
  readonly electors: readonly Elector[];
  /** The candidates whom an elector approves of, by their places; nobody where it stays at home. */
  readonly approves: (elector: number) => readonly number[];
}

/** Ballots of one call; many fewer than would fit, so that several relayers could share the work. */
const BATCH = 8;

/**
 * Opens elections, has candidates nominated and ballots cast, and counts them, all beside each other. Nobody who sends
 * anything has a right.
 */
export async function holdElections(polity: Polity, races: readonly Race[]): Promise<Election[]> {
  const { relay } = polity;
  const opened: [Race, Election][] = [];
  for (const race of races) {
    const { body, constituency } = race;
    const { election } = await sendOpening(relay, { body, constituency });
    opened.push([race, await readElection(relay, { body, election })]);
  }
  for (const [race, election] of opened) await nominateAll(polity, race, election);
  for (const [race, election] of opened) await castAll(polity, race, election);
  const counted: Election[] = [];
  for (const [, { body, election, ballotUntil }] of opened) {
    await polity.waitUntil(ballotUntil + 1);
    await sendCount(relay, { body, election });
    counted.push(await readElection(relay, { body, election }));
  }
  return counted;
}

/** Approves of so many candidates in a row, the next elector of those that follow. Every seventh stays at home. */
export function inTurn(candidates: number, approvals: number): (elector: number) => number[] {
  return (elector) => {
    if (elector % 7 === 6) return [];
    return Array.from({ length: approvals }, (_, step) => (elector + step) % candidates);
  };
}

async function nominateAll({ relay }: Polity, race: Race, { election, support }: Election): Promise<void> {
  const { body, electors, candidates } = race;
  for (const [place, { voter: delegate, key }] of candidates.entries()) {
    const statement = hash(id(`What delegate ${delegate} stands for`));
    const candidacy = { body, election, delegate, statement };
    // Each voter supports one candidate.
    const backers = electors.slice(place * support, (place + 1) * support);
    const supporters = await Promise.all(
      backers.map((backer) =>
        signSupport(relay, backer.key, { body, election, delegate, voter: backer.voter }),
      ),
    );
    const consent = await signConsent(relay, key, candidacy);
    await sendNomination(relay, { ...candidacy, supporters, consent });
  }
}

async function castAll(polity: Polity, race: Race, { election, nominateUntil }: Election): Promise<void> {
  const { relay } = polity;
  const { body } = race;
  await polity.waitUntil(nominateUntil + 1);
  const choices = race.electors.map((elector, index) => ({ elector, candidates: race.approves(index) }));
  const ballots = await Promise.all(
    choices
      .filter(({ candidates }) => candidates.length > 0)
      .map(({ elector: { voter, key }, candidates }) =>
        signApproval(relay, key, { body, election, voter, candidates }),
      ),
  );
  for (let at = 0; at < ballots.length; at += BATCH) {
    await sendApprovals(relay, { body, election, ballots: ballots.slice(at, at + BATCH) });
  }
}
