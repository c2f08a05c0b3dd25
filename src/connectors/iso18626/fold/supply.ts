import { after, type Event } from "./timeline.ts";

/** Whether something was supplied and stayed supplied. */
export type Supply =
  | { readonly state: "supplied"; readonly events: readonly Event[] }
  | {
      readonly state: "taken-back" | "contradictory" | "withdrawn" | "open";
      readonly last: Event | undefined;
    };

/** After a taking back, only these tell that the item was sent once more. */
const SENT: ReadonlySet<string | undefined> = new Set(["Loaned", "CopyCompleted"]);
const DONE: ReadonlySet<string | undefined> = new Set(["LoanCompleted", "CompletedWithoutReturn"]);

/**
 * Follows an exchange to its end. Shipping counts until it is taken back; an item that was sent again counts from
 * the second shipping. What the clocks leave open is never decided here.
 */
export function followSupply(events: readonly Event[]): Supply {
  const ships = events.filter(({ meaning }) => meaning !== "before" && meaning !== "withdrawn");
  const backs = events.filter(({ meaning }) => meaning === "before" || meaning === "withdrawn");
  const last = events.at(-1);
  if (ships.length === 0) {
    return { state: last?.meaning === "withdrawn" ? "withdrawn" : "open", last };
  }
  const undoes = (back: Event, ship: Event): boolean => after(back, ship) === "after";
  const standing = ships.filter((ship) => !backs.some((back) => undoes(back, ship)));
  const disputed = backs.find(
    (back) => back.meaning === "withdrawn" && ships.some((ship) => after(back, ship) === "unclear"),
  );
  if (disputed !== undefined) return { state: "contradictory", last: disputed };
  const again = standing.length === ships.length || standing.some(({ status }) => SENT.has(status));
  if (standing.length > 0 && !again) return { state: "contradictory", last: standing[0] };
  if (standing.length > 0) return { state: "supplied", events: standing };
  const back = backs.findLast((candidate) => ships.some((ship) => undoes(candidate, ship)));
  const finished = ships.some(({ status }) => DONE.has(status));
  return { state: finished ? "contradictory" : "taken-back", last: back };
}
