import { concat } from "ethers";
import type { Signer } from "ethers";
import { ballot, consent, counted, recallSignature, support } from "./ballots.ts";
import type { Holding, Word } from "./ballots.ts";
import { NORTH, RULES, STATEMENT } from "./governance.ts";
import type { Body, Governance, Person, Voter } from "./governance.ts";

/** Opens the election that is due and says its number. */
export async function open({ elections }: Body, constituency = NORTH): Promise<number> {
  await elections.open(constituency);
  return Number(await elections.lastElection());
}

/** A voter's own word, with the nonce of a key that never voided anything. */
export const by = ({ id, key }: Voter, nonce = 0): Word => ({ voter: id, signer: key, nonce });

/** The arguments that nominate a person with the support of some voters. */
export async function nomination(
  { domain }: Body,
  election: number,
  { id, key }: Person,
  supporters: readonly Voter[],
) {
  const words = await Promise.all(supporters.map((voter) => support(domain, election, id, by(voter))));
  const agreed = await consent(domain, election, id, STATEMENT, { signer: key });
  return [election, id, STATEMENT, concat(words), agreed] as const;
}

/** Nominates people, each with the support of as many of the voters as it needs, none of them twice. */
export async function nominate(
  body: Body,
  election: number,
  persons: readonly Person[],
  supporters: readonly Voter[],
): Promise<void> {
  const needed = Number((await body.elections.electionOf(election)).support);
  if (supporters.length < persons.length * needed) throw new Error("too few voters for so many candidates");
  for (const [i, person] of persons.entries()) {
    const own = supporters.slice(i * needed, (i + 1) * needed);
    await body.elections.nominate(...(await nomination(body, election, person, own)));
  }
}

/** Ballots of voters, each for the candidates at its place, packed. */
export async function ballots(
  { domain }: Body,
  election: number,
  voters: readonly Voter[],
  choices: readonly (readonly number[])[],
): Promise<string> {
  const packed = voters.map((voter, i) => ballot(domain, election, choices[i] ?? [], by(voter)));
  return concat(await Promise.all(packed));
}

/** Moves the clock to where ballots are taken. */
export async function toBallots(g: Governance, body: Body, election: number): Promise<void> {
  const { nominateUntil } = await body.elections.electionOf(election);
  await g.consortium.time.increaseTo(nominateUntil + 1n);
}

/** Moves the clock to where an election can be counted. */
export async function toCount(g: Governance, body: Body, election: number): Promise<void> {
  const { ballotUntil } = await body.elections.electionOf(election);
  await g.consortium.time.increaseTo(ballotUntil + 1n);
}

/** A whole election: each person stands, the voters vote as said, the seats are filled. */
export async function elect(
  g: Governance,
  body: Body,
  constituency: number,
  voters: readonly Voter[],
  persons: readonly Person[],
  choices: readonly (readonly number[])[],
): Promise<number> {
  const election = await open(body, constituency);
  await nominate(body, election, persons, voters);
  await toBallots(g, body, election);
  await body.elections.cast(election, await ballots(body, election, voters, choices));
  await toCount(g, body, election);
  await body.elections.count(election);
  return election;
}

/** Three delegates of the north, persons 0 to 2 in seats 0 to 2, all voters for all of them. */
export const electNorth = (g: Governance): Promise<number> =>
  elect(
    g,
    g.council,
    NORTH,
    g.north,
    g.persons.slice(0, 3),
    g.north.map(() => [0, 1, 2]),
  );

/** The holding of a seat as it is now. */
export async function holding({ seats }: Body, seat: number, constituency = NORTH): Promise<Holding> {
  const { delegate, since } = await seats.seatOf(constituency, seat);
  return { constituency, seat, delegate, since };
}

/** Voters' signatures against a holding, packed. */
export async function petition({ domain }: Body, held: Holding, voters: readonly Voter[]): Promise<string> {
  return concat(await Promise.all(voters.map((voter) => recallSignature(domain, held, by(voter)))));
}

/** Who sits in a constituency, seat by seat; zero where nobody does. */
export async function sitting({ seats }: Body, constituency = NORTH, number = 3): Promise<number[]> {
  const held = Array.from({ length: number }, (_, seat) => seats.seatOf(constituency, seat));
  return (await Promise.all(held)).map(({ delegate }) => Number(delegate));
}

/** Calls as somebody. */
export const as = ({ elections }: Body, signer: Signer) => elections.connect(signer);

/** How long an election lasts. */
export const ELECTION_TIME = RULES.nominationTime + RULES.ballotTime;

/** An election of the north in which two stand, where ballots are taken. */
export async function voting(g: Governance, body: Body = g.council): Promise<number> {
  const election = await open(body);
  await nominate(body, election, g.persons.slice(0, 2), g.north);
  await toBallots(g, body, election);
  return election;
}

/** Which of some ballots would count, whoever posts them. */
export const wouldCount = async ({ elections }: Body, election: number, ...words: string[]) =>
  counted(await elections.cast.staticCall(election, concat(words)));
