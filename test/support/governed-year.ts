import { concat, hexlify, id, toUtf8Bytes } from "ethers";
import type { Chambers } from "./chambers.ts";
import { amend, approve, proposed } from "./amending.ts";
import { recallSignature } from "./ballots.ts";
import { ballots, by, holding, nominate, open } from "./elected.ts";
import type { Body, Person, Voter } from "./governance.ts";
import { DAY } from "./governed.ts";
import {
  ABSTAIN,
  act,
  AGAINST,
  ballot,
  decide,
  draft,
  enact,
  opened,
  ownBallot,
  petition,
  propose,
  queue,
} from "./motions.ts";

/**
 * A year of a consortium that its members govern: acts of the Board, one of them vetoed, one by the Assembly; an
 * amendment; a petition that is voted down late; a matter that comes again; offices; an election with a recall; a
 * suspension and admissions. Everything that the auditor has to replay happens at least once.
 */
export async function playYear(w: Chambers): Promise<void> {
  await decideActs(w);
  await changeCharter(w);
  await putPetition(w);
  await comeAgain(w);
  await fillOffices(w);
  await electDelegates(w);
  await admitApplicants(w);
}

async function decideActs(w: Chambers): Promise<void> {
  const classify = (region: number) => act(w.register, "classify", [w.ada.id, 1, region]);
  await enact(w, w.board, [await classify(7)]);
  const vetoed = await queue(w, await decide(w, w.board, [await classify(8)]));
  const [[target], , [data]] = vetoed.args;
  await enact(w, w.council, [await act(w.charter, "cancel", [w.board.chamber.target, target, data])]);
  await enact(w, w.assembly, [await classify(9)]);
}

async function changeCharter(w: Chambers): Promise<void> {
  await amend(w, [await act(w.charter, "setRoleGuardian", [1, 8])], id("The members decide otherwise."));
  const { id: other } = await proposed(w, [await act(w.charter, "labelRole", [1, "Registrar"])]);
  await approve(w, other);
}

async function putPetition(w: Chambers): Promise<void> {
  const { chamber, voters } = w.assembly;
  const motion = await draft(w.assembly, [await act(w.schedule, "withdrawFrom", [1])], "a petition");
  await petition(w, motion, voters.slice(0, 4));
  await opened(w, motion);
  const [first] = voters;
  if (first === undefined) throw new Error("the assembly has voters");
  await chamber.connect(first.key).cast(motion.id, ownBallot(first.number, 1));
  await w.time.increase(6 * DAY);
  const late = voters.slice(0, 6).map((voter, i) => ballot(motion, voter, i < 4 ? ABSTAIN : AGAINST));
  await chamber.connect(w.stranger).cast(motion.id, concat(await Promise.all(late)));
  await w.time.increase(10 * DAY);
}

/** Nobody votes; then the same calls come again with half the quorum, and with a quarter. */
async function comeAgain(w: Chambers): Promise<void> {
  for (const description of ["at first", "again", "once more"]) {
    await propose(w.board, [await act(w.register, "classify", [w.bob.id, 1, 8])], description);
    await w.time.increase(36 * DAY);
  }
}

async function fillOffices(w: Chambers): Promise<void> {
  const { address } = w.eve.key;
  await enact(w, w.council, [await act(w.charter, "grantRole", [6, address, 0])]);
  await w.charter.connect(w.eve.key).renounceRole(6, address);
  const call = w.register.interface.encodeFunctionData("classify", [w.bob.id, 1, 9]);
  const asked = [[w.deployment.register], [0], [call], "from the Council"];
  await enact(w, w.council, [await act(w.assembly.chamber, "propose", asked)], { description: "sponsored" });
  await enact(w, w.board, [await act(w.register, "suspend", [w.eve.id])]);
  await enact(w, w.council, [await act(w.voice, "confirmSuspension", [w.eve.id])]);
  await enact(w, w.board, [await act(w.register, "reinstate", [w.eve.id])]);
}

async function electDelegates(w: Chambers): Promise<void> {
  const verifyingContract = w.deployment.governance.councilElections;
  const domain = { name: "Consortia Council Elections", version: "1", verifyingContract };
  const { chainId } = w.deployment;
  const body: Body = { seats: w.councilSeats, elections: w.councilElections, domain: { ...domain, chainId } };
  const voters: Voter[] = w.members.map(({ id: number, key }) => ({ id: number, key }));
  const sixth = w.council.voters[5];
  if (sixth === undefined) throw new Error("the Council has six founders");
  await w.councilSeats.connect(sixth.key).resign(1, 5);

  const persons: Person[] = [];
  for (let i = 0; i < 3; i++) persons.push(await enrolled(w));
  const election = await open(body, 1);
  await nominate(body, election, persons, voters);
  // A candidate may change its key, and a voter void what it signed.
  const [{ id: rotating, key: old }] = persons as [Person];
  await w.delegates.connect(old).rotate(rotating, (await w.createKey()).address);
  await w.register.connect(w.newcomer.key).voidBallots(w.newcomer.id);
  await w.time.increase(8 * DAY);
  const choices = voters.map((_, i) => (i % 2 === 0 ? [1, 2] : [0, 1]));
  const cast = await ballots(body, election, voters, choices);
  await body.elections.cast(election, cast);
  await body.elections.cast(election, cast);
  await w.time.increase(7 * DAY);
  await body.elections.count(election);
  await recallSixth(w, body, voters);
  const missed = await open(body, 1);
  await w.time.increase(15 * DAY);
  await body.elections.count(missed);
}

async function enrolled(w: Chambers): Promise<Person> {
  const key = await w.createKey();
  await w.delegates.connect(key).enrol(key.address);
  return { id: Number(await w.delegates.lastDelegate()), key };
}

async function recallSixth(w: Chambers, body: Body, voters: readonly Voter[]): Promise<void> {
  await w.time.increase(100 * DAY);
  const held = await holding(body, 5, 1);
  const signed = await Promise.all(voters.map((voter) => recallSignature(body.domain, held, by(voter))));
  await body.elections.recall(1, 5, concat(signed.slice(0, 3)));
  await body.elections.recall(1, 5, concat(signed.slice(2, 8)));
}

/** One is let in by the Board, one by the public authority, on appeal. */
async function admitApplicants(w: Chambers): Promise<void> {
  const first = await apply(w, "XA-NEW1");
  await w.time.increase(31 * DAY);
  await enact(w, w.board, [await act(w.admissions, "admit", [first.number])]);
  const second = await apply(w, "XA-NEW2");
  await w.time.increase(31 * DAY);
  await enact(w, w.board, [await act(w.admissions, "reject", [second.number])]);
  await w.admissions.connect(second.key).appeal(second.number);
  await enact(w, w.council, [await act(w.charter, "grantRole", [10, w.eve.key.address, 0])]);
  await w.admissions.connect(w.eve.key).admitOnAppeal(second.number);
}

async function apply(w: Chambers, isil: string) {
  const key = await w.createKey();
  const bytes = hexlify(toUtf8Bytes(isil)).padEnd(34, "0");
  await w.register.connect(key).applyFor(bytes, 1, 3, 1, 1, key.address);
  const number = Number(await w.register.lastMember());
  for (const { id: sponsor, key: own } of [w.ada, w.bob]) {
    await w.admissions.connect(own).sponsor(number, sponsor);
  }
  return { key, number };
}
