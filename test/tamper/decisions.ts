import { drop, edit, insert, look, patch, type Which } from "./edit.ts";
import { editing, nth, plus, type EditedLie } from "./edited.ts";
import type { GovernedWorld } from "./governed.ts";
import type { Lie } from "./lie.ts";

const CHAMBER = "BallotsCast(uint256,uint256,bytes)";
const SOMEBODY = `0x${"66".repeat(20)}`;

const counting: Which = ({ counted }) => counted !== 0n;

const CHAMBERS: readonly EditedLie[] = [
  ["a hidden veto", "ActWithoutEffect", (b) => drop(b, "OperationCanceled")],
  ["a veto that nobody decided", "ActUnexplained", (b) => drop(b, "ProposalExecuted", nth(1))],
  ["a proposal executed below its quorum", "ProposalUnpassed", (b) => drop(b, CHAMBER, counting)],
  [
    "a proposal with another quorum",
    "ProposalWeighedWrong",
    (b) => edit(b, "ProposalWeighed", plus("quorumBps", -1_000n)),
  ],
  [
    "a repeat with a quorum that was never missed",
    "ProposalWeighedWrong",
    (b) => edit(b, "ProposalWeighed", () => ({ halvings: 3n })),
  ],
  [
    "a ratification by a simple majority",
    "ProposalWeighedWrong",
    (b) =>
      edit(
        b,
        "ProposalWeighed",
        () => ({ twoThirds: false }),
        ({ twoThirds }) => twoThirds === true,
      ),
  ],
  [
    "a proposal by somebody without votes",
    "ProposerUnentitled",
    (b) => edit(b, "ProposalCreated", () => ({ proposer: SOMEBODY })),
  ],
  [
    "a proposal of other calls than its id says",
    "ProposalWrong",
    (b) =>
      edit(b, "ProposalCreated", ({ calldatas }) => ({
        calldatas: [patch((calldatas as string[])[0], 10, (byte) => byte ^ 1)],
      })),
  ],
  [
    "a petition heavier than its signatures",
    "PetitionWrong",
    (b) => edit(b, "PetitionFiled", plus("weight", 1_000_000n)),
  ],
  [
    "an act that waits for less than the charter asks",
    "ProposalDelayWrong",
    (b) => edit(b, "ProposalQueued", plus("etaSeconds", -86_400n)),
  ],
  [
    "an act scheduled for earlier",
    "OperationWrong",
    (b) => edit(b, "OperationScheduled", plus("schedule", -86_400n)),
  ],
  ["an act that was never scheduled", "OperationWrong", (b) => drop(b, "OperationScheduled")],
  ["a late quorum that prolongs nothing", "DeadlineWrong", (b) => drop(b, "ProposalExtended")],
];

const RIGHTS: readonly EditedLie[] = [
  [
    "a role granted outside a proposal",
    "ActUnexplained",
    (b) =>
      insert(
        b,
        "ProposalExecuted",
        { event: "RoleGranted", values: [6, SOMEBODY, 0, 0, true] },
        "RoleRevoked",
      ),
  ],
  [
    "a right taken from a chamber",
    "ActUnexplained",
    (b) => {
      const { account } = look(b, "RoleGranted", ({ roleId }) => roleId === 9n);
      return insert(b, "AmendmentProposed", { event: "RoleRevoked", values: [9, account] }, "RoleGranted");
    },
  ],
  [
    "a text of the charter that nobody decided on",
    "ActUnexplained",
    (b) => edit(b, "CharterTextPinned", () => ({ textHash: `0x${"66".repeat(32)}` }), nth(1)),
  ],
  ["an amendment without ratification", "AmendmentUnratified", (b) => drop(b, "AmendmentRatified")],
  ["an amendment without approval", "AmendmentUnratified", (b) => drop(b, "AmendmentApproved")],
  ["an amendment executed that had not passed", "AmendmentUnpassed", (b) => drop(b, "AmendmentPassed")],
  [
    "an amendment executed twice over its time",
    "AmendmentUntimely",
    (b) => edit(b, "AmendmentPassed", plus("readyAt", 86_400n)),
  ],
  [
    "a suspension confirmed by nobody",
    "ActUnexplained",
    (b) => insert(b, "AmendmentProposed", { event: "SuspensionConfirmed", values: [4] }, "VoiceSynced"),
  ],
  ["a member that nobody admitted", "ActUnexplained", (b) => drop(b, "ApplicationAccepted")],
  [
    "an applicant without a second sponsor",
    "ApplicationWrong",
    (b) => drop(b, "ApplicationSponsored", nth(1)),
  ],
  [
    "an applicant that did not wait",
    "ApplicationWrong",
    (b) => edit(b, "ApplicationSponsored", plus("readyAt", -86_400n), ({ readyAt }) => readyAt !== 0n),
  ],
  [
    "an authority that admits more than its share",
    "AllowanceWrong",
    (b) => edit(b, "ApplicationAcceptedOnAppeal", plus("used", 1n)),
  ],
];

/** Lies about proposals, amendments, admissions and rights. */
export const DECISION_LIES: readonly Lie<GovernedWorld>[] = [...CHAMBERS, ...RIGHTS].map(editing);
