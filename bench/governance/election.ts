import { concat, toBeHex, ZeroHash } from "ethers";
import { Elections__factory } from "../../src/chain/types/index.ts";
import type { Elections } from "../../src/chain/types/index.ts";
import { domainOf, sent, signature, type Fields } from "./sign.ts";
import type { Voters } from "./voters.ts";

const DAY = 86_400;
const SEATS = 60;
const CANDIDATES = 12;
const RULES = {
  nominationTime: 20 * DAY,
  ballotTime: 20 * DAY,
  term: 3 * 365 * DAY,
  minSupport: 1,
  quorumBps: 1,
  recallBps: 2_000,
};
const EVERYBODY = 0;

const BALLOT: Fields = {
  Ballot: [
    { name: "election", type: "uint32" },
    { name: "voter", type: "uint32" },
    { name: "candidates", type: "uint16[]" },
    { name: "nonce", type: "uint32" },
  ],
};
const SUPPORT: Fields = {
  Support: [
    { name: "election", type: "uint32" },
    { name: "delegate", type: "uint32" },
    { name: "voter", type: "uint32" },
    { name: "nonce", type: "uint32" },
  ],
};

interface Running {
  readonly elections: Elections;
  readonly election: bigint;
}

/** Gas of casting `size` signed ballots among twelve candidates, in one call. */
export async function ballotGas(crowd: Voters, size: number, approvals: number): Promise<number> {
  const running = await openElection(crowd, CANDIDATES);
  // The first ballots turn zeroes into counts; what follows is an election's bulk.
  await castBallots(crowd, running, 0, 12, CANDIDATES, { approvals });
  return castBallots(crowd, running, 12, size, CANDIDATES, { approvals });
}

/** Gas of ending an election with 500 candidates for 60 seats, and of ranking them alone. */
export async function countGas(crowd: Voters): Promise<{ count: number; ranking: number }> {
  const all = await endedElection(crowd, 500, SEATS);
  // The same with one candidate who wins one seat: what remains is the ranking and the other seats.
  const { gasUsed } = await sent(all.elections.count(all.election));
  const few = await endedElection(crowd, SEATS, SEATS);
  const seated = await sent(few.elections.count(few.election));
  return { count: Number(gasUsed), ranking: Number(gasUsed - seated.gasUsed) };
}

async function endedElection(crowd: Voters, candidates: number, seats: number): Promise<Running> {
  const running = await openElection(crowd, candidates, seats);
  for (let done = 0; done < candidates; done += 100) {
    await castBallots(crowd, running, done / 100, 1, candidates, { from: done, approvals: 100 });
  }
  await crowd.connection.networkHelpers.time.increase(RULES.ballotTime + 1);
  return running;
}

/** Opens an election to new seats, nominates, and waits until ballots are taken. */
async function openElection(crowd: Voters, candidates: number, seats = SEATS): Promise<Running> {
  const { admin, charter, delegates, voice, voters, connection } = crowd;
  const body = await crowd.newSeats();
  const plans = [{ constituency: EVERYBODY, seats, groups: 3 }];
  const elections = await new Elections__factory(admin).deploy(charter, "Bench", voice, body, RULES, plans);
  await sent(body.bindElections(elections));
  await sent(elections.open(EVERYBODY));
  const election = await elections.lastElection();
  const domain = await domainOf(elections);
  for (const { number, key } of voters.slice(0, candidates)) {
    await sent(delegates.enrol(admin));
    const delegate = await delegates.lastDelegate();
    const support = await key.signTypedData(domain, SUPPORT, { election, delegate, voter: number, nonce: 0 });
    const supporters = concat([toBeHex(number, 4), toBeHex(0, 4), signature(support)]);
    // Kind 2: the candidate's key sends it itself.
    const consent = concat([toBeHex(0, 4), "0x02"]);
    await sent(elections.nominate(election, delegate, ZeroHash, supporters, consent));
  }
  await connection.networkHelpers.time.increase(RULES.nominationTime + 1);
  return { elections, election };
}

async function castBallots(
  { voters }: Voters,
  { elections, election }: Running,
  skip: number,
  size: number,
  among: number,
  { from, approvals }: { from?: number; approvals: number },
): Promise<number> {
  const domain = await domainOf(elections);
  const ballots = [];
  for (const [index, { number, key }] of voters.slice(skip, skip + size).entries()) {
    const many = Math.min(approvals, among - (from ?? 0));
    const start = from ?? index % (among - approvals + 1);
    const candidates = Array.from({ length: many }, (_, place) => start + place);
    const signed = await key.signTypedData(domain, BALLOT, { election, voter: number, candidates, nonce: 0 });
    ballots.push(
      concat([
        ...[toBeHex(number, 4), toBeHex(0, 4), toBeHex(many, 1)],
        ...candidates.map((candidate) => toBeHex(candidate, 2)),
        signature(signed),
      ]),
    );
  }
  const receipt = await sent(elections.cast(election, concat(ballots)));
  if (Number((await elections.electionOf(election)).ballots) < size)
    throw new Error("a ballot did not count");
  return Number(receipt.gasUsed);
}
