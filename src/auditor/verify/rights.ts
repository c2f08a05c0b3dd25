import { delayAt } from "../fold/delay.ts";
import { APPLICATION_STAGES } from "../fold/governance/admissions.ts";
import type { GovernanceFold } from "../fold/governance/governance.ts";
import type { FoldState } from "../fold/state.ts";
import type { Figure, View } from "./compare.ts";

/** What the views of the charter, of amendments and of admissions must say at a second. */
export function* rightViews(state: FoldState, fold: GovernanceFold, now: number): Iterable<View> {
  const { charter, site } = state;
  const to = site.charter;
  for (const [role, account, { since, delay }] of charter.holdings()) {
    const changing = delay.effect > now;
    yield {
      ...{ to, signature: "getAccess(uint64,address)", args: [role, BigInt(account)] },
      figures: [
        ["since", BigInt(since)],
        ["delay", BigInt(delayAt(delay, now))],
        ["delay to come", BigInt(changing ? delay.after : 0)],
        ["its time", BigInt(changing ? delay.effect : 0)],
      ],
    };
  }
  for (const role of charter.governedRoles()) {
    const about = { to, args: [role] };
    yield { ...about, signature: "getRoleAdmin(uint64)", figures: [["", charter.adminOf(role)]] };
    yield { ...about, signature: "getRoleGuardian(uint64)", figures: [["", charter.guardianOf(role)]] };
  }
  for (const { id, nonce } of fold.operations.all()) {
    const args = [BigInt(id)];
    const when = BigInt(fold.operations.scheduleOf(id, now));
    yield { to, signature: "getSchedule(bytes32)", args, figures: [["", when]] };
    yield { to, signature: "getNonce(bytes32)", args, figures: [["", BigInt(nonce)]] };
  }
  yield { to, signature: "textHash()", args: [], figures: [["", BigInt(charter.textHash), "text"]] };
  const { board = "0x0", council = "0x0", boardSeats = "0x0" } = charter.bound ?? {};
  for (const [name, address] of Object.entries({ board, council, boardSeats })) {
    yield { to, signature: `${name}()`, args: [], figures: [["", BigInt(address), "address"]] };
  }
  const devolved: Figure = ["", fold.authority.devolvedAt(now) ? 1n : 0n];
  yield { to, signature: "devolved()", args: [], figures: [devolved] };
  yield* amendmentViews(fold);
  yield* admissionViews(fold);
}

function* amendmentViews(fold: GovernanceFold): Iterable<View> {
  for (const amendments of fold.amendments) {
    for (const one of amendments.all()) {
      const { id, executed, proposedAt, ratifiedAt, approvedAt, insistedAt, readyAt } = one;
      const times = { proposedAt, ratifiedAt, approvedAt, insistedAt, readyAt };
      yield {
        ...{ to: amendments.address, signature: "amendmentOf(bytes32)", args: [BigInt(id)] },
        figures: [
          ...Object.entries(times).map(([name, time]): Figure => [name, BigInt(time)]),
          ["executed", executed ? 1n : 0n],
        ],
      };
    }
  }
}

function* admissionViews(fold: GovernanceFold): Iterable<View> {
  for (const admissions of fold.admissions) {
    for (const { applicant, first, second, readyAt, stage } of admissions.all()) {
      const figures = { first, second, readyAt, stage: APPLICATION_STAGES.indexOf(stage) };
      yield {
        ...{ to: admissions.address, signature: "applicationOf(uint32)", args: [BigInt(applicant)] },
        figures: Object.entries(figures).map(([name, figure]): Figure => [name, BigInt(figure)]),
        member: applicant,
      };
    }
  }
}
