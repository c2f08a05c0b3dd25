import { signRecall } from "../../../sdk/ballots.ts";
import { listSeats, readSeat, sendSeatRecall, holdingOf, type Seat } from "../../../sdk/seats.ts";
import { read } from "../../../sdk/verb.ts";
import { holdElections } from "./election.ts";
import { DAY, type Polity } from "./polity.ts";

const BODY = "council";

/** Members of a constituency recall one of those whom they elected; in the by-election the incumbent stands and loses. */
export async function recallSeat(polity: Polity): Promise<void> {
  const { relay, stage } = polity;
  const [, plan] = stage.preset.governance.constituencies;
  if (plan === undefined) throw new TypeError("this scenario needs two constituencies");
  const { constituency } = plan;
  const seat = await electedSeat(polity, constituency);
  const held = holdingOf(seat);
  if (held === undefined) throw new TypeError("the seat is vacant");

  const rest = await read(relay.contracts.governance.councilElections.RECALL_REST());
  await polity.waitUntil(seat.since + Number(rest));
  const members = polity.members(constituency);
  const share = stage.preset.governance.elections.council.recallBps / 10_000;
  const signatories = members.slice(0, Math.ceil(members.length * share));
  const signatures = await Promise.all(
    signatories.map(({ voter, key }) => signRecall(relay, key, { body: BODY, ...held, voter })),
  );
  await sendSeatRecall(relay, { body: BODY, constituency, seat: seat.seat, signatures });
  await polity.note(`${signatures.length} of ${members.length} ${plan.name} recall a councillor`);

  const incumbent = polity.person(held.delegate);
  const [challenger] = await polity.enrol(1);
  if (challenger === undefined) throw new TypeError("nobody stands against the incumbent");
  const candidates = [incumbent, challenger];
  const approves = (elector: number) => [elector % 3 === 0 ? 0 : 1];
  await holdElections(polity, [{ body: BODY, constituency, candidates, electors: members, approves }]);
  const { delegate } = await readSeat(relay, seat);
  const outcome = delegate === challenger.voter ? "the incumbent loses" : "the incumbent stays";
  await polity.note(`by-election: ${outcome}`);
  await polity.wait(DAY);
}

/** A seat that the constituency has filled itself. */
async function electedSeat({ relay }: Polity, constituency: number): Promise<Seat> {
  const seats = await listSeats(relay, { body: BODY, constituency });
  const seat = seats.find(({ delegate, founding }) => delegate !== undefined && !founding);
  if (seat === undefined) throw new TypeError("the constituency has elected nobody");
  return seat;
}
