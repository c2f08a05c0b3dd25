import { double, drop, edit, patch } from "./edit.ts";
import { editing, nth, plus, type EditedLie } from "./edited.ts";
import type { Lie } from "./lie.ts";

const EDITS: readonly EditedLie[] = [
  ["a claim of another amount", "ClaimPriceWrong", (b) => edit(b, "ClaimOpened", plus("gross", 1n))],
  ["a claim that nobody opened", "ClaimUnknown", (b) => drop(b, "ClaimOpened", nth(1))],
  ["a dispute left out", "ClaimStageWrong", (b) => drop(b, "ClaimDisputed")],
  ["an award above the claim", "AwardAbove", (b) => edit(b, "ClaimAwarded", plus("gross", 10n ** 9n))],
  [
    "an award by somebody who holds no seat",
    "ArbiterUnseated",
    (b) => edit(b, "ClaimAwarded", () => ({ arbiter: `0x${"66".repeat(20)}` })),
  ],
  [
    "a claim that ended otherwise",
    "OutcomeWrong",
    (b) => edit(b, "ClaimEnded", ({ outcome }) => ({ outcome: (Number(outcome) + 3) % 6 })),
  ],
  [
    "a claim charged more than its end says",
    "ChargeWrong",
    (b) => edit(b, "ClaimCharged", plus("gross", 1n)),
  ],
  [
    "a claim charged although none ended",
    "ChargeUnexplained",
    (b) => drop(b, "ClaimEnded", ({ gross }) => gross !== 0n),
  ],
  [
    "a receipt that the consumer did not sign",
    "ReceiptsWrong",
    (b) =>
      edit(b, "ReceiptsShown", ({ receipts }) => ({
        receipts: [patch((receipts as string[])[0], 5, (byte) => byte ^ 1)],
      })),
  ],
  [
    "a late countersignature that is none",
    "ClaimUnsigned",
    (b) =>
      edit(b, "ClaimAccepted", ({ signature }) => ({ signature: patch(signature, 5, (byte) => byte ^ 1) })),
  ],
  [
    "a bond paid to somebody else",
    "BondWrong",
    (b) => edit(b, "BondReleased", ({ member }) => ({ member: Number(member) + 1 })),
  ],
  ["a bond that was never put up", "BondUnexplained", (b) => drop(b, "ClaimOpened")],
  ["a hidden refund", "ViewDiffers", (b) => drop(drop(b, "RecordsRefunded"), "GivenBack")],
  ["a refund that nobody granted", "GiftUnexplained", (b) => drop(b, "RecordsRefunded")],
  [
    "a refund of another amount",
    "RefundWrong",
    (b) => edit(edit(b, "RecordsRefunded", plus("amount", 1n)), "GivenBack", plus("amount", 1n)),
  ],
  [
    "a record given back twice",
    "RecordRefundedTwice",
    (b) => double(double(b, "RecordsRefunded"), "GivenBack"),
  ],
  [
    "a refund of a statement that was not charged",
    "RefundUnknown",
    (b) => edit(b, "RecordsRefunded", () => ({ statement: `0x${"66".repeat(32)}` })),
  ],
  [
    "a duplicate that is none",
    "DuplicateFalse",
    (b) => edit(b, "DuplicateReversed", () => ({ earlierIndex: 1_000 })),
  ],
];

/** Lies about claims, bonds, refunds and duplicates. */
export const DESK_LIES: readonly Lie[] = EDITS.map(editing);
