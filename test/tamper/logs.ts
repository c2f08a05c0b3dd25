import { double, drop, edit, inBlock, patch } from "./edit.ts";
import { editing, plus, type EditedLie } from "./edited.ts";
import type { Lie } from "./lie.ts";

/** Bytes of a packed statement before its lines, and of a line; see contracts/types/Statement.sol. */
const HEAD = 54;
const LINE = 6;
const MAXIMUM = 12;
const LINES = 20;

const posted = ({ posted: bits }: Record<string, unknown>) => bits !== 0n;
/** A batch of two statements or more: its first one's signature follows its lines. */
const several = ({ posted: bits }: Record<string, unknown>) => Number(bits) > 1;

const signatureAt = (statements: unknown): number => {
  const lines = parseInt(String(statements).slice(2 + 2 * LINES, 4 + 2 * LINES), 16);
  return HEAD + lines * LINE;
};

const EDITS: readonly EditedLie[] = [
  [
    "a forged countersignature",
    "NotCountersigned",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({
          statements: patch(statements, signatureAt(statements), (byte) => byte ^ 1),
        }),
        posted,
      ),
  ],
  [
    "a countersignature replayed under another number",
    "NotCountersigned",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({ statements: patch(statements, 4, () => 0x7f) }),
        posted,
      ),
  ],
  [
    "a countersignature replayed for another consumer",
    "NotCountersigned",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({ statements: patch(statements, 3, (byte) => byte ^ 1) }),
        posted,
      ),
  ],
  [
    "a quantity raised after signing",
    "PriceWrong",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({
          statements: patch(statements, HEAD + 5, (byte) => byte + 1),
        }),
        posted,
      ),
  ],
  [
    "a maximum lowered below the charge",
    "AboveMaximum",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({ statements: patch(statements, MAXIMUM, () => 0, 8) }),
        posted,
      ),
  ],
  [
    "another month of service",
    "NotCountersigned",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({
          statements: patch(statements, 9, (byte) => byte - 1),
        }),
        posted,
      ),
  ],
  [
    "a stale price: another gross was charged",
    "PriceWrong",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ charges }) => ({ charges: patch(charges, 7, (byte) => byte ^ 1) }),
        posted,
      ),
  ],
  [
    "another fee was charged",
    "PriceWrong",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ charges }) => ({ charges: patch(charges, 15, (byte) => byte ^ 1) }),
        posted,
      ),
  ],
  [
    "another batch root",
    "BatchRootWrong",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ batchRoot }) => ({ batchRoot: patch(batchRoot, 0, (byte) => byte ^ 1) }),
        posted,
      ),
  ],
  [
    "a posted statement hidden in its batch",
    "SkipMissing",
    (b) => edit(b, "StatementsPosted", ({ posted: bits }) => ({ posted: (bits as bigint) & ~1n }), several),
  ],
  [
    "a batch booked into another month",
    "BatchPeriodWrong",
    (b) => edit(b, "StatementsPosted", plus("period", -1n), posted),
  ],
  [
    "a batch that breaks off",
    "BatchMalformed",
    (b) =>
      edit(
        b,
        "StatementsPosted",
        ({ statements }) => ({ statements: String(statements).slice(0, -20) }),
        posted,
      ),
  ],
  ["a number used twice", "NumberReused", (b) => double(b, "StatementsPosted", posted)],
  ["a batch left out", "ViewDiffers", (b) => drop(b, "StatementsPosted", posted)],
  ["a deposit left out", "ViewDiffers", (b) => drop(b, "Deposited")],
  ["a deposit told twice", "ViewDiffers", (b) => double(b, "Deposited")],
  ["a deposit made bigger", "ViewDiffers", (b) => edit(b, "Deposited", plus("amount", 1n))],
  ["a withdrawal made bigger", "WithdrawalWrong", (b) => edit(b, "Withdrawn", plus("amount", 1n))],
  [
    "a withdrawal to somebody else",
    "WithdrawalWrong",
    (b) => edit(b, "Withdrawn", () => ({ payee: `0x${"66".repeat(20)}` })),
  ],
  ["a withdrawal that nobody announced", "WithdrawalUnannounced", (b) => drop(b, "WithdrawalAnnounced")],
  [
    "an advance beyond the sponsor's means",
    "AdvanceWrong",
    (b) => edit(b, "AdvanceGiven", plus("amount", 10n ** 15n)),
  ],
  ["an advance left out", "ViewDiffers", (b) => drop(b, "AdvanceGiven")],
  ["an acknowledged debt made bigger", "DebtWrong", (b) => edit(b, "DebtAcknowledged", plus("amount", 1n))],
  ["an acknowledged debt left out", "DebtWrong", (b) => drop(b, "DebtAcknowledged")],
  ["the wrong month closed", "CloseOutOfOrder", (b) => edit(b, "PeriodClosed", plus("period", 1n))],
  [
    "a month closed before it was over",
    "CloseTooEarly",
    (b) => inBlock(b, "PeriodClosed", (block) => ({ ...block, timestamp: block.timestamp - 40 * 86_400 })),
  ],
  ["a close left out", "CloseOutOfOrder", (b) => drop(b, "PeriodClosed")],
  [
    "prices for a month that had begun",
    "ScheduleTooLate",
    (b) =>
      inBlock(b, "SchedulePublished", (block) => ({ ...block, timestamp: block.timestamp + 45 * 86_400 })),
  ],
  ["another price published", "PriceWrong", (b) => edit(b, "PriceDrafted", plus("price", 1n))],
  [
    "a key enrolled without a word",
    "NotCountersigned",
    (b) => drop(b, "KeySet", ({ member }) => Number(member) > 6),
  ],
  [
    "a tier changed on its way to the ledger",
    "SyncWrong",
    (b) =>
      edit(
        b,
        "AccountSynced",
        ({ tier }) => ({ tier: Number(tier) + 1 }),
        ({ since }) => Number(since) > 0,
      ),
  ],
  [
    "a membership that was never admitted",
    "SyncMissing",
    (b) => drop(b, "AccountSynced", ({ member, since }) => Number(member) > 4 && Number(since) > 0),
  ],
  [
    "a log of no contract",
    "LogForeign",
    (b) =>
      inBlock(b, "Deposited", (block) => ({
        ...block,
        logs: [{ ...block.logs[0]!, topics: [`0x${"66".repeat(32)}`] }, ...block.logs],
      })),
  ],
  [
    "logs in another order",
    "LogsReordered",
    (b) => {
      const at = b.findIndex(({ logs }) => logs.length > 1);
      return b.map((block, index) => (index === at ? { ...block, logs: [...block.logs].reverse() } : block));
    },
  ],
  ["blocks in another order", "LogsReordered", (b) => [...b.slice(0, 40), b[41]!, b[40]!, ...b.slice(42)]],
];

/** Lies about logs, told by a node that nobody checks against its blocks. */
export const LOG_LIES: readonly Lie[] = EDITS.map(editing);
