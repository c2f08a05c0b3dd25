import type { FindingCode } from "../../src/auditor/codes.ts";
import { addMonths } from "../../src/core/period.ts";
import { charge, draw, type Balanced, type BilledLine } from "../support/balanced.ts";
import { copiesOf, PAGE } from "../support/balanced-months.ts";
import { COPY, OCTOBER } from "../support/consortium.ts";
import type { BalancedWorld } from "./balanced.ts";
import type { Lie } from "./lie.ts";

/** The month in which the half-year ends. */
const MONTH = addMonths(OCTOBER, 5);

const unnamed = (quantity: number, details: Record<string, string>): BilledLine => ({
  ...{ service: COPY, quantity, details, amounts: Array.from({ length: quantity }, () => "5") },
});

const ARRANGEMENTS: readonly [name: string, code: FindingCode, lines: readonly BilledLine[]][] = [
  [
    "a work that records name and their line does not",
    "WorkUnnamed",
    [unnamed(1, { isbn: "9783161484100" })],
  ],
  [
    "a work named for fewer copies than its records are",
    "WorkUnnamed",
    [copiesOf(1), unnamed(2, { identifier: "OCLC:1; ISBN:978-3-16-148410-0" })],
  ],
  [
    "records of a line with a least that sum to another's",
    "LineSumWrong",
    [
      { service: PAGE, quantity: 2, amounts: ["4", "0"] },
      { ...copiesOf(1), amounts: ["4"] },
    ],
  ],
];

/** Bills, as supplier and consumer agree to, and the records that they keep of it. */
async function arrange(world: Balanced, lines: readonly BilledLine[], records: string): Promise<void> {
  const parties = [world.ada, world.bob] as const;
  await charge(world, parties, await draw(world, parties, MONTH, lines, records));
}

/** What supplier and consumer arrange between them, so that the ledger itself takes it. */
export const ARRANGEMENT_LIES: readonly Lie<BalancedWorld>[] = [
  ...ARRANGEMENTS.map(([name, code, lines]): Lie<BalancedWorld> => ({
    ...{ name, code },
    tell: ({ world, onFork }) => onFork((records) => arrange(world, lines, records)),
  })),
  {
    name: "a node that hides who signed an agreement",
    code: "AgreementUnproven",
    tell: ({ blocks, codes, node }) =>
      codes({ blocks, nodes: [{ ...node, sender: () => Promise.resolve(undefined) }] }),
  },
];
