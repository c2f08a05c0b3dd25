/** What shows in a log and only a right allows: the verb, and which of the event's values are its first arguments. */
export interface Restricted {
  readonly verb: string;
  readonly args: readonly string[];
  /** Whether it asks for the charter's administrators, whatever the charter says of the function. */
  readonly admin?: true;
  /** Whether it asks for the administrators of the role that the event names. */
  readonly ofRole?: true;
}

type Table = Readonly<Record<string, Restricted>>;

const admin = (verb: string, ...args: string[]): Restricted => ({ verb, args, admin: true });
const held = (verb: string, ...args: string[]): Restricted => ({ verb, args });

/** What a relief says, and verbs that take structs, as Solidity spells them. */
const RELIEF = "(uint16,uint16,uint8,uint16,uint16,uint16,uint48,uint48)";
const NAME = "name(uint16,(uint32,uint16,uint64)[])";
const CONDITIONAL =
  "draftConditional(uint256,(uint16,uint8,uint8,uint64,uint64,uint64,uint64,uint16,uint16,uint64)[])";

/** By the kind of contract and its events. Decisions on amendments and applications their own folds ask for. */
export const RESTRICTED: Readonly<Record<string, Table>> = {
  charter: {
    RoleGranted: { verb: "grantRole(uint64,address,uint32)", args: ["roleId", "account"], ofRole: true },
    RoleRevoked: { verb: "revokeRole(uint64,address)", args: ["roleId", "account"], ofRole: true },
    RoleAdminChanged: admin("setRoleAdmin(uint64,uint64)", "roleId", "admin"),
    RoleGuardianChanged: admin("setRoleGuardian(uint64,uint64)", "roleId", "guardian"),
    RoleGrantDelayChanged: admin("setGrantDelay(uint64,uint32)", "roleId", "delay"),
    TargetClosed: admin("setTargetClosed(address,bool)", "target", "closed"),
    TargetFunctionRoleUpdated: admin("setTargetFunctionRole(address,bytes4[],uint64)", "target"),
    TargetAdminDelayUpdated: admin("setTargetAdminDelay(address,uint32)", "target", "delay"),
    CharterTextPinned: held("pinText(bytes32)", "textHash"),
    CharterBoardBound: held("bindBoard(address,address,address)", "board", "council", "boardSeats"),
  },
  register: {
    MemberAdmitted: held("admit(uint32)", "member"),
    MemberReinstated: held("reinstate(uint32)", "member"),
    TierScheduled: held("scheduleTier(uint32,uint8)", "member", "tier"),
    MemberClassified: held("classify(uint32,uint16,uint16)", "member", "constituency", "region"),
    LedgerBound: held("bindLedger(address)", "ledger"),
    RollBound: held("bindRoll(address)", "roll"),
  },
  schedule: {
    PriceDrafted: held("draft(uint256,(uint16,uint8,uint64,uint64)[])"),
    ConditionalPriceDrafted: held(CONDITIONAL),
    ServiceDescribed: held("describe(uint16,uint8,uint8)", "service", "unit", "act"),
    SchedulePublished: held("publish(uint256,uint16)", "version", "from"),
    ScheduleWithdrawn: held("withdrawFrom(uint16)", "from"),
  },
  ledger: {
    PostingPaused: held("pausePosting(uint40)"),
  },
  "pricing desk": {
    ReliefOpened: held(`relieve(${RELIEF})`),
    ReliefEnded: held("endRelief(uint32,uint16)", "relief", "last"),
    GrantOpened: held(`openGrant(${RELIEF},uint32[],bytes32)`),
    AttestorAccredited: held("accredit(address,uint16,bool)", "key", "service", "accredited"),
  },
  works: { KindCommercial: held("setCommercial(uint8,bool)", "kind", "commercial") },
  "compensation desk": { CompensationNamed: held(NAME, "period") },
  "credit token": {
    CreditCommitted: held("commit(uint32,uint256,bytes32)", "member", "amount", "document"),
    CommitmentReleased: held("release(uint32,uint256)", "member", "amount"),
    PaymentConfirmed: held("confirmPayment(uint32,uint256,bytes32)", "member", "amount", "payment"),
    RedemptionConfirmed: held("confirmRedemption(uint32,bytes32)", "redemption", "payment"),
  },
  voice: { SuspensionConfirmed: held("confirmSuspension(uint32)", "member") },
  seats: { ElectionsBound: held("bindElections(address)", "elections") },
  elections: {
    RulesSet: held("setRules((uint32,uint32,uint32,uint16,uint16,uint16))"),
    ConstituencySet: held("setConstituency((uint16,uint8,uint8))"),
  },
  chamber: {
    VotingDelaySet: admin("setVotingDelay(uint48)", "newVotingDelay"),
    VotingPeriodSet: admin("setVotingPeriod(uint32)", "newVotingPeriod"),
    ProposalThresholdSet: admin("setProposalThreshold(uint256)", "newProposalThreshold"),
    LateQuorumVoteExtensionSet: admin("setLateQuorumVoteExtension(uint48)", "newVoteExtension"),
    BaseDelaySet: admin("setBaseDelaySeconds(uint32)", "newBaseDelaySeconds"),
    AccessManagerIgnoredSet: admin("setAccessManagerIgnored(address,bytes4[],bool)", "target"),
    SharesSet: admin("setShares(uint16,uint16)", "quorumBps", "petitionBps"),
  },
};

/** Verbs that may show in no log: what they do may be done already, or be nothing. */
const SILENT = new Set([
  ...["revokeRole(uint64,address)", "setTargetFunctionRole(address,bytes4[],uint64)"],
  ...["draft(uint256,(uint16,uint8,uint64,uint64)[])", CONDITIONAL, NAME, "pinText(bytes32)"],
  "setAccessManagerIgnored(address,bytes4[],bool)",
]);

/** The verbs of a kind of contract that always show. */
export const showing = (kind: string): string[] =>
  Object.values(RESTRICTED[kind] ?? {})
    .map(({ verb }) => verb)
    .filter((verb) => !SILENT.has(verb));
