import type { ElectionState } from "../fold/governance/election.ts";
import type { ElectionsFold } from "../fold/governance/elections.ts";
import { seatName } from "../fold/governance/seats.ts";
import type { Figure, View } from "./compare.ts";

const figure = ([name, value]: readonly [string, number | bigint | boolean]): Figure => [name, BigInt(value)];
const figuresOf = (values: Readonly<Record<string, number | bigint | boolean>>): Figure[] =>
  Object.entries(values).map(figure);

/** What the views of elections and of the seats that they fill must say at a second. */
export function* electionViews(fold: ElectionsFold, now: number): Iterable<View> {
  const { address: to, constituencies, seats } = fold;
  yield { to, signature: "lastElection()", args: [], figures: [["", BigInt(fold.last)]] };
  yield { to, signature: "rules()", args: [], figures: figuresOf({ ...constituencies.rules }) };
  const since: Figure = ["", BigInt(seats.vacantSince(now))];
  yield { to: seats.address, signature: "vacantSince()", args: [], figures: [since] };
  for (const [constituency, group] of constituencies.all()) {
    const args = [BigInt(constituency)];
    const { seats: number, groups, origin, running, misses, missedAt } = group;
    const figures = figuresOf({ seats: number, groups, origin, running, misses, missedAt });
    yield { to, signature: "constituencyOf(uint16)", args, figures };
    const due: Figure = ["", constituencies.dueSeats(constituency, now)];
    yield { to, signature: "dueSeats(uint16)", args, figures: [due] };
    for (let seat = 0; seat < number; seat++) yield* seatViews(fold, constituency, seat, now);
  }
  for (const election of fold.all()) yield* ballotViews(to, election);
}

function* seatViews(fold: ElectionsFold, constituency: number, seat: number, now: number): Iterable<View> {
  const { seats, recalls, address } = fold;
  const at = seatName(constituency, seat);
  const held = seats.seat(at);
  const args = [BigInt(constituency), BigInt(seat)];
  const delegate = seats.holderAt(at, now);
  const { since = 0, until = 0, founding = false } = held ?? {};
  const figures = figuresOf({ delegate, since, until, founding });
  yield { to: seats.address, signature: "seatOf(uint16,uint8)", args, figures };
  const petition = held === undefined ? undefined : recalls.of(constituency, seat, delegate, since);
  const { openedAt = 0, needed = 0, signed } = petition ?? {};
  const signatures = signed?.size ?? 0;
  yield {
    ...{ to: address, signature: "recallOf(uint16,uint8)", args },
    figures: figuresOf({ openedAt, signatures, needed }),
  };
}

function* ballotViews(to: string, election: ElectionState): Iterable<View> {
  const { number, constituency, openedAt, nominateUntil, ballotUntil, support, electors } = election;
  const { candidates, counted, seats, quorum, voted, approvals } = election;
  const args = [BigInt(number)];
  yield {
    ...{ to, signature: "electionOf(uint32)", args },
    figures: [
      ...figuresOf({ constituency, openedAt, nominateUntil, ballotUntil, support, electors }),
      ...figuresOf({ candidates: candidates.length, counted, seats, quorum, ballots: voted.size }),
    ],
  };
  for (const [place, delegate] of candidates.entries()) {
    yield {
      ...{ to, signature: "candidateOf(uint32,uint16)", args: [BigInt(number), BigInt(place)] },
      figures: figuresOf({ delegate, approvals: approvals[place] ?? 0 }),
    };
  }
}
