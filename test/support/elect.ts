import { Signature, ZeroHash, concat } from "ethers";
import type { Elections } from "../../src/chain/types/index.ts";
import { ELECTION_TYPES } from "../../src/core/ballot.ts";
import type { Chambers, Voter } from "./chambers.ts";
import { bytes } from "./motions.ts";

/** Opens an election; anyone may, so a stranger does. */
export async function call(w: Chambers, elections: Elections, constituency: number): Promise<number> {
  await elections.connect(w.stranger).open(constituency);
  return Number(await elections.lastElection());
}

/** Nominates a candidate with one supporter, by the candidate's own key. */
export async function nominate(elections: Elections, election: number, one: Voter, supporter: Voter) {
  const { name, version, chainId, verifyingContract } = await elections.eip712Domain();
  const value = { election, delegate: one.number, voter: supporter.number, nonce: 0 };
  const signed = await supporter.key.signTypedData(
    { name, version, chainId, verifyingContract },
    ELECTION_TYPES.support,
    value,
  );
  const { r, yParityAndS } = Signature.from(signed);
  const support = concat([bytes(supporter.number, 4), bytes(0, 4), "0x00", r, yParityAndS]);
  await elections
    .connect(one.key)
    .nominate(election, one.number, ZeroHash, support, concat([bytes(0, 4), "0x02"]));
}

/** Has voters approve of all candidates, each by its own key, and waits until the election's time is over. */
export async function poll(w: Chambers, elections: Elections, election: number, voters: readonly Voter[]) {
  const { nominateUntil, ballotUntil, candidates } = await elections.electionOf(election);
  await reach(w, nominateUntil + 1n);
  for (const { number, key } of voters) {
    const approved = Array.from({ length: Number(candidates) }, (_, place) => bytes(place, 2));
    const packed = concat([bytes(number, 4), bytes(0, 4), bytes(approved.length, 1), ...approved, "0x02"]);
    await elections.connect(key).cast(election, packed);
  }
  await reach(w, ballotUntil + 1n);
}

async function reach(w: Chambers, time: bigint): Promise<void> {
  if (BigInt(await w.time.latest()) < time) await w.time.increaseTo(time);
}

/** A whole election: as many supporters as candidates, everybody for everybody, counted by a stranger. */
export async function elect(
  w: Chambers,
  elections: Elections,
  constituency: number,
  voters: readonly Voter[],
  people: readonly Voter[],
): Promise<number> {
  const election = await call(w, elections, constituency);
  for (const [place, one] of people.entries()) {
    const supporter = voters[place];
    if (supporter === undefined) throw new Error("a candidate has no supporter");
    await nominate(elections, election, one, supporter);
  }
  await poll(w, elections, election, voters);
  await elections.connect(w.stranger).count(election);
  return election;
}

/** A person with a number and no seat. */
export async function enrol(w: Chambers): Promise<Voter> {
  const key = await w.createKey();
  await w.delegates.enrol(key.address);
  return { number: Number(await w.delegates.lastDelegate()), key };
}
