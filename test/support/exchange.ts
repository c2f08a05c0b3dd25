import { expect } from "chai";
import type { Gathering, Omission } from "../../src/connectors/gathering.ts";
import { parseCredits } from "../../src/core/money.ts";
import type { RecordDraft } from "../../src/core/record.ts";

/** The one thing that came of one request. */
export function only({ drafts, omissions }: Gathering): RecordDraft | Omission {
  expect(drafts.length + omissions.length).to.equal(1);
  return (drafts[0] ?? omissions[0]) as RecordDraft | Omission;
}

/** A loan of a history of lighthouses, sent on 5 October 2026, as each side of each system should tell it. */
export const LIGHTHOUSES = {
  ...{ supplier: "ISIL:US-PU", request: "TEMPLE-17~0", service: "loan", quantity: 1 },
  completedAt: Date.parse("2026-10-05T09:30:00Z") / 1000,
  ...{ maximum: parseCredits("20"), cost: parseCredits("3.5") },
};
