/**
 * Everything an audit can find, with what it means in a sentence. `wrong`: the chain, a node or a bundle says what the
 * rules do not allow. `unverifiable`: something is missing without which nobody can tell. `note`: worth knowing.
 */
const WRONG = {
  // what was read
  LogForeign: "A log is no event that the contracts emit.",
  LogMalformed: "A log's data are not those of its event.",
  LogsReordered: "Blocks or logs do not come in the order of the chain.",

  // charter and register
  RoleTimeWrong: "A right began or changed at another time than the charter's delays allow.",
  OperationWrong: "An act that waits was scheduled, executed or cancelled against its time or its order.",
  ActUnexplained:
    "Something that only a right allows happened, and no vote, amendment or admission decided it.",
  ActWithoutEffect: "Something was decided and executed, and no log says what came of it.",
  ActUnlawful: "Somebody did what it had no right to do.",
  AuthorityForeign: "A contract answers to another charter.",
  ChamberRebound: "The charter or a body's seats were bound a second time, to other chambers or elections.",
  NonceWrong: "A nonce of ballots rose by something else than one.",
  RoleImpossible: "A role was granted twice or revoked from somebody who did not hold it.",
  MemberUnknown: "An event names an account that the register never gave out.",
  MemberNumberWrong: "A membership was given a number out of turn.",
  MembershipImpossible: "A membership changed in a way that its standing does not allow.",
  MembershipMonthWrong: "A membership began or ended in another month than that of its block.",
  IsilInvalid: "A member applied under something that is no ISIL.",
  IsilTaken: "A member was admitted under an ISIL that another membership holds.",
  TierTooSoon: "A price tier changed before the months still open to posting had passed.",
  ChoiceMonthWrong: "A member's choice binds from another month of service than the rules say (invariant 7).",
  RightsInvalid: "A key was given rights that do not exist.",
  PayeeUnannounced: "A payee changed without an announcement that had waited long enough.",
  AnnouncementWrong: "A change or a withdrawal was announced for another time or payee than the rules say.",
  SyncWrong: "The ledger copied something else from the register than stands there.",
  SyncMissing: "A membership changed and the ledger was not told.",

  // schedule
  ScheduleTooLate: "Prices were published or withdrawn for a month that had begun (invariant 7).",
  ScheduleOutOfOrder: "Prices were published or withdrawn before those that were published last.",
  ScheduleNoDraft: "A version was drafted or published that was no draft.",
  ConditionInvalid: "A price was drafted under conditions that contradict each other.",
  ServiceRedescribed: "A service was described a second time.",

  // agreements
  AgreementInvalid: "An agreement has members, prices or a number that no agreement can have.",
  AgreementOneSided: "An agreement gives something free in one direction alone.",
  AgreementUntimely:
    "An agreement holds in a month that had begun when it was made, or ended in another than the open one.",
  AgreementRepeated: "The same agreement was made twice (invariant 5).",
  AgreementUnknown: "An event names an agreement that nobody made.",
  AgreementForeign: "An agreement was ended by somebody who is no party.",
  AgreementUnsigned: "An agreement was made without a living key of one of its members having signed it.",

  // works
  WorkInvalid: "A work was registered under a number or an identifier, or for a holder, that it cannot have.",
  WorkTaken: "An identifier was registered as two works.",
  WorkUnknown: "An event names a work that nobody registered.",
  WorkTermsWrong:
    "A licence, a permission or a kind of members changed for another month or other terms than the rules allow.",

  // relief
  ReliefInvalid: "A relief or a grant was opened with terms or a number that none can have.",
  ReliefUntimely:
    "A relief was opened for a month that had begun, or ended with one that was over (invariant 7).",
  ReliefUnknown: "An event names a relief or a grant that nobody opened.",
  GrantWrong: "A grant took in money after its time, or gave another part of it back than the rules say.",

  // posting
  BatchMalformed: "A logged batch cannot be read, or its charges do not fit it.",
  BatchPeriodWrong: "A batch was booked into another month than the open one.",
  BatchRootWrong: "A batch's root is not that of its statements and charges.",
  PostedWhilePaused: "Something was posted or settled while posting was paused.",
  PostedBeforeClose: "Something was posted or settled although the open month was over.",
  StatementInadmissible: "A posted statement breaks a rule that should have kept it out.",
  NumberReused: "A supplier's number was used twice (invariant 5).",
  ServiceNotOffered: "A statement bills a service that the schedule does not offer to its consumer.",
  PriceWrong: "A statement was charged something else than the schedule says.",
  AboveMaximum: "A statement was charged more than its consumer signed.",
  NotCountersigned: "No living key of the consumer with the right to countersign signed a statement.",
  NotAccredited:
    "A contribution to the common good was attested by a key that is not accredited for its service.",
  LicenceForbids: "A statement bills a use of a work that its licence does not allow.",
  LegsWrong: "Others paid or got something else of a statement than reliefs, grants and royalties come to.",
  LegsUnexplained: "Something was paid by others or to rights holders for a statement that was not posted.",
  SkipWrong: "A statement was left out for a reason that does not hold.",
  SkipMissing: "A statement was left out and nothing says why.",
  SkipUnexplained: "A statement is said to be left out of a batch that does not hold it.",

  // book
  CloseTooEarly: "A month was closed before it was over.",
  CloseOutOfOrder: "Another month than the open one was closed.",
  BackingFull: "The book took in more than it can hold.",
  WithdrawalUnannounced: "A withdrawal was paid that nobody had announced.",
  WithdrawalTooEarly: "A withdrawal was paid before its notice was over.",
  WithdrawalTooLate: "A withdrawal was paid after its window.",
  WithdrawalWrong: "A withdrawal paid something else than was announced and free, or to somebody else.",
  AdvanceWrong: "An advance was lent beyond the sponsor's free cash, or to itself.",
  AdvanceReturnWrong: "More of an advance was returned than was owed and could be borne.",
  DebtWrong: "What was acknowledged as a debt is not what found no room.",
  DebtPaymentWrong: "A debt was paid with something else than was owed and could be borne.",
  DebtUnexplained: "A debt was acknowledged or cancelled and nothing says what for.",
  PauseWrong: "A pause is longer than allowed or came too soon after the last.",
  AccountNegative: "An account fell below zero (invariant 2).",
  PositionsUnbalanced: "Positions do not sum to zero (invariant 1).",
  BackingUnbalanced: "Cash and what is set aside do not sum to the backing (invariant 2).",

  // what is set aside
  PotWrong: "More was set aside than was free, or more was taken of it than there lay.",
  PotUnexplained:
    "Something was set aside or taken of it and no desk says what for, or a desk says so and it was not.",
  WatchWrong: "An account was watched, or no longer, against what was named for it.",
  CompensationWrong: "Compensation was named or paid otherwise than by rate, net and cap.",
  CompensationUntimely: "Compensation was named, paid or let lapse before or after its time.",
  CompensationUnknown: "Compensation was paid or lapsed that was not named.",
  InvoiceWrong: "An invoice was raised or paid with figures that it cannot have.",
  InvoiceUnknown: "An invoice was paid that nobody raised.",
  InvoiceUnexplained:
    "The advances desk paid something in that no payment of an invoice says, or the other way round.",
  CreditUnbacked: "More credits are owed than members committed or paid.",
  CreditWrong: "Credits were redeemed, or a commitment released, otherwise than was held or promised.",
  CreditPaymentRepeated: "One payment of the bank was confirmed twice.",

  // claims
  ClaimUnknown: "An event names a claim that is not open.",
  ClaimMalformed: "A claimed statement cannot be read or is not the one that the claim's id commits to.",
  ClaimInadmissible: "A statement was claimed that could not have been posted.",
  ClaimPriceWrong: "A claim is for something else than the schedule says.",
  ClaimTooLarge: "A claim exceeds what the charter allows.",
  ClaimsTooMany: "More claims of a pair are open than the charter allows.",
  ClaimStageWrong: "A claim was disputed, judged or ended in a stage that does not allow it.",
  ClaimTooLate: "A claim was disputed, judged or appealed after its time.",
  ClaimTooEarly: "A claim was settled before its time.",
  ClaimUnsigned: "A claim was accepted without the consumer's signature.",
  ReceiptsWrong: "Receipts are missing or not the consumer's.",
  RecordsUnproven: "Shown records are not in the claimed statement.",
  AwardAbove: "An award or a ruling exceeds the claim (invariant 4).",
  ArbiterUnseated: "Somebody judged who did not hold the arbiters' role.",
  AppealForeign: "Somebody appealed who is no party.",
  OutcomeWrong: "A claim ended with another outcome or amount than its course allows.",
  ChargeUnexplained: "A claim was charged and none ended, or one ended and was not charged.",
  ChargeWrong: "A claim was charged something else than its end says.",
  BondWrong: "A bond was not locked, or not given to whom it belongs.",
  BondUnexplained: "A bond was locked or released and no claim says why.",

  // reversals
  RefundUnknown: "A refund names a statement that was not charged.",
  RefundPartiesWrong: "A refund names other parties than the statement.",
  RefundExceeds: "More was given back of a statement than it was charged.",
  RefundWrong: "A refund gives back something else than its records come to.",
  RecordRefundedTwice: "A record was given back twice (invariant 5).",
  DuplicateFalse: "Two charges were reversed as one record's that are not.",
  GiftUnexplained: "Something was given back and no refund says why, or a refund was not given back.",

  // voice and seats
  VoiceWrong: "A member's voice is not what its membership and standing give.",
  VoiceUntold: "A membership changed and the rolls of voters were not told.",
  RollWrong: "A voter was entered on a roll or struck off it without cause.",
  DelegateNumberWrong: "A delegate was given a number out of turn.",
  DelegateUnknown: "An event names a delegate that nobody enrolled.",
  SeatWrong: "A seat was taken or left by somebody who could not.",
  SeatUnexplained: "A seat was taken or fell due, and no election or recall says why.",
  WinnersWrong: "An election seated others than it elected, or for another time.",
  RecallWrong: "A recall was taken against its rules, or did not do what it had to.",

  // ballots
  BallotsMalformed: "Logged ballots or signatures cannot be read, or their counts do not fit them.",
  BallotsUntimely: "Ballots were taken before or after their time.",
  BallotForged: "A ballot or a signature was counted that no key of its voter signed.",
  BallotTwice: "A voter was counted twice (invariant 5).",
  BallotIneligible: "A ballot was counted of somebody who had no vote.",
  BallotUnsound: "A ballot was counted that says nothing.",
  BallotLeftOut: "A good ballot was not counted.",
  BallotsMiscounted: "An election is said to have had another number of ballots than were counted.",

  // elections
  ElectionUnknown: "An event names an election that nobody opened.",
  ElectionUndue: "An election was opened that was not due.",
  ElectionWrong: "An election was opened with other figures than its rules, its roll and the seats give.",
  NominationWrong: "A candidate was nominated who could not be, or with too little support.",
  NominationUntimely: "A candidate was nominated after the time for it.",
  CountUntimely: "An election was counted before its end, or twice.",
  QuorumWrong: "An election was decided without its quorum, or called off with it.",
  RankingWrong: "An election ranks its candidates otherwise than their approvals do.",

  // chambers
  ProposalUnknown: "An event names a proposal that nobody made.",
  ProposalWrong: "A proposal has another id, other times or other calls than a chamber allows.",
  ProposalWeighedWrong: "A proposal needs another quorum or majority than the rules say.",
  ProposerUnentitled: "A proposal was made by somebody who could not make it.",
  PetitionWrong: "A petition's weight is not that of its good signatures, or too little.",
  DeadlineWrong: "A vote was prolonged, or not, against the rule for late quorums.",
  ProposalUnpassed: "A proposal was queued or executed that had not passed, or not any more.",
  ProposalDelayWrong: "A proposal waited for another time than the charter asks.",

  // amendments
  AmendmentUnknown: "An event names an amendment that nobody proposed.",
  AmendmentWrong: "An amendment was proposed or decided on against its rules.",
  AmendmentUnratified: "An amendment passed without the decisions that it needs.",
  AmendmentUnpassed: "An amendment was executed that had not passed, or a second time.",
  AmendmentUntimely: "An amendment was executed before or after its time.",

  // admissions
  ApplicationWrong: "An application was decided on in a stage that does not allow it, or against its rules.",
  ApplicationTooEarly: "An application was decided on before its wait was over.",
  SponsorUnfit: "A member sponsored an application that could not.",
  AllowanceWrong: "The authority admitted more than its share, or another count is logged.",

  // bundles
  RecordsForeign: "A statement commits to records of other parties or of another ledger.",
  RecordsSumWrong: "A statement's records sum to something else than its gross.",
  LinesWrong: "A statement's lines are not its records counted by service.",
  RecordPriceWrong: "A record's amount is not its quantity times the price.",
  LineSumWrong: "The records of a service whose lines have a least or a most do not sum to its lines.",
  WorkUnnamed:
    "Records use a registered work that their statement's lines do not name, so that its licence and royalty were passed over.",
  RecordMonthWrong: "A record was completed outside its statement's month of service.",
  RecordDoubled: "A record is billed twice by its pair and neither charge was given back (invariant 5).",
  RecordAtTwoPairs: "A record is billed by two pairs of members.",
  RecordRebilled: "A record is billed anew while its earlier charge stands.",

  // views
  ViewDiffers: "A view of the chain says something else than its logs come to (invariant 6).",
  AssetShort: "The ledger holds less than it accounts for (invariant 2).",
} as const;

const UNVERIFIABLE = {
  BundleMissing: "No store holds the records of a statement.",
  BundleDamaged:
    "A store's copy of a statement's records cannot be read or is not what the statement commits to.",
  CallerUnknown:
    "Nothing but a transaction's caller stands for an act, and who that was could not be proven.",
  ContractSignatureUnasked:
    "A contract's signature could not be checked, since no node has the state of its block.",
  TermsUnknown: "The charter's terms could not be read, so what depends on them was not checked.",
  AgreementUnproven:
    "An agreement's signatures are in no log, and its transaction could not be read or does not show them.",
  ViewUnavailable: "A view could not be read at a block.",
} as const;

const NOTES = {
  ArbiterPartial:
    "An arbiter judged who holds a key of a party; whether it should have recused itself is for the council.",
  ArbiterTwice:
    "Whoever made an award ruled on the appeal against it as well; whether that is so meant is for the council.",
  BundleMislabelled: "A bundle names another number or month than the statement that commits to it.",
  NodeUnproven: "A node's answers could not be proven against its blocks.",
  FindingsOmitted: "More was found of a kind than is listed.",
} as const;

const SEVERITIES = { wrong: WRONG, unverifiable: UNVERIFIABLE, note: NOTES };

export type WrongCode = keyof typeof WRONG;
export type UnverifiableCode = keyof typeof UNVERIFIABLE;
export type NoteCode = keyof typeof NOTES;
export type FindingCode = WrongCode | UnverifiableCode | NoteCode;
export type Severity = keyof typeof SEVERITIES;

/** Every code with its severity and its meaning, for documents and pages. */
export const FINDINGS: Readonly<
  Record<FindingCode, { readonly severity: Severity; readonly meaning: string }>
> = Object.fromEntries(
  Object.entries(SEVERITIES).flatMap(([severity, codes]) =>
    Object.entries(codes).map(([code, meaning]) => [code, { severity, meaning }]),
  ),
) as Record<FindingCode, { severity: Severity; meaning: string }>;
