import type { Outcome } from "../../src/connectors/iso18626/fold/fold.ts";
import type { Conversation } from "./conversation.ts";

type Work = Record<string, unknown>;

/** What goes on in one exchange that is not plain, and what it must come to. */
export interface Scenario {
  readonly outcomes: readonly Outcome[];
  readonly supplier: string | undefined;
  readonly consumer: string;
  readonly edition2021?: true;
  readonly article?: true;
  /** Comes ten days after the scenario before, under a new number or under the same. */
  readonly follows?: "new number" | "same number";
  /** @param previous the number of the request before. */
  readonly tell: (talk: Conversation, work: Work, previous: string) => unknown;
}

/** A reader's particulars, which no connector may let through. */
export const READER = `    <patronInfo>
      <patronId>R-77120</patronId>
      <surname>Quillfeather</surname>
      <givenName>Wilhelmina</givenName>
      <address>
        <physicalAddress>
          <line1>9 Foundry Steps</line1>
          <locality>Upper Tarn</locality>
        </physicalAddress>
      </address>
    </patronInfo>`;

export const loan = { service: "Loan", maximum: "15.00" };
export const copy = { service: "Copy", maximum: "8.00" };

/** A scenario between a supplier and a consumer, written `XA-NHU > XA-KEP`; `?` names no supplier. */
export const s = (
  outcomes: Outcome | readonly Outcome[],
  pair: string,
  tell: Scenario["tell"],
  more: Partial<Scenario> = {},
): Scenario => {
  const [supplier, consumer] = pair.split(" > ") as [string, string];
  const list = typeof outcomes === "string" ? [outcomes] : outcomes;
  return { outcomes: list, supplier: supplier === "?" ? undefined : supplier, consumer, tell, ...more };
};
