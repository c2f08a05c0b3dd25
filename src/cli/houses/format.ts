import type { House } from "../../chain/ballotSigning.ts";
import { credits, formatCredits } from "../../core/money.ts";

/** A moment that the chain names in seconds. */
export function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Votes in a house: seats, or voice in members without standing, six decimals at most. */
export function votes(house: House, weight: bigint): number | string {
  return house === "assembly" ? voice(weight) : Number(weight);
}

/** Voice in words of members without standing: `1.50`. Its units are millionths, as those of credits. */
export function voice(units: bigint): string {
  return formatCredits(credits(units));
}

/** How a proposal's number is shown to people, who can name it so. */
export function shortProposal(proposal: bigint): string {
  return String(proposal).slice(0, 10);
}

/** The first line of a description, without the marks of a heading. */
export function headline(description: string): string {
  const [line = ""] = description.split("\n");
  return line.replace(/^#+\s*/, "").trim();
}
