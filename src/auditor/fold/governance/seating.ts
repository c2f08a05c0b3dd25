import type { Ground } from "../ground.ts";
import type { Acts } from "./acts.ts";
import type { SeatChange, SeatsFold } from "./seats.ts";

/**
 * Compares what happened to a body's seats in a transaction with what elections, recalls and new plans ask for. Who left
 * its seat by its own word only the transaction tells.
 */
export function settleSeats(ground: Ground, seats: SeatsFold, due: readonly SeatChange[], acts: Acts): void {
  const open = [...due];
  const rest = seats.changes.filter((change) => {
    const at = open.findIndex((one) => spell(one) === spell(change));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  if (open.length === 0 && rest.length === 0) return;
  if (due.some(({ kind }) => kind !== "ended")) {
    const figures = { expected: list(open), found: list(rest) };
    const message = `Seats were filled and emptied by ${figures.found}, where it had to be ${figures.expected}.`;
    ground.find("WinnersWrong", message, figures);
    return;
  }
  for (const one of open) {
    ground.find("RecallWrong", `A recall had the signatures it needs, and ${spell(one)} is not logged.`);
  }
  for (const { place, ...change } of rest) {
    const what = `There was ${spell(change)}`;
    if (change.kind === "vacated") {
      const position = ground.position + 1;
      const fits = ({ from }: { readonly from: string }): boolean =>
        seats.mayVoteAt(change.delegate, from, position).may;
      acts.words.push({ place, what, target: seats.address, fits });
      continue;
    }
    ground.find("SeatUnexplained", `${what}, and no election or recall says why.`, {
      ...place,
      found: spell(change),
    });
  }
}

const list = (changes: readonly SeatChange[]): string => changes.map(spell).join("; ") || "nothing else";

function spell(change: SeatChange): string {
  const { kind, at, delegate } = change;
  if (kind === "taken") return `delegate ${delegate} taking seat ${at} until ${change.until}`;
  return `delegate ${delegate} ${kind === "vacated" ? "leaving" : "falling due on"} seat ${at}`;
}
