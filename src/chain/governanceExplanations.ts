type Explain = (values: Record<string, unknown>) => string;

const time = (value: unknown): string => new Date(Number(value) * 1000).toISOString();
const text = (value: unknown): string => String(value);
const ROLES = [
  ..."administrator,registrar,scheduler,treasurer,guardian,suspender,arbiter,appellate,council,assembly".split(
    ",",
  ),
  ..."authority,admitter".split(","),
];
const role = (value: unknown): string => ROLES[Number(value)] ?? `role ${text(value)}`;
const STATES = "pending,active,canceled,defeated,succeeded,queued,expired,executed".split(",");
const days = (value: unknown): string => `${Math.floor(Number(value) / 8_640) / 10} days`;

/** The same as EXPLANATIONS, for the contracts by which the members govern. */
export const GOVERNANCE_EXPLANATIONS: Record<string, Explain> = {
  VoiceMemberUnknown: (v) => `There is no member ${text(v.member)} that could have a voice.`,
  VoiceNotSuspended: (v) => `Member ${text(v.member)} is not suspended, so there is nothing to confirm.`,
  VoiceTermsInvalid: () => "The standing that doubles a voice must be more than zero.",
  OwnVotesNotDelegable: () => "Everybody votes for itself; votes cannot be handed to another.",
  RollTimeAhead: (v) => `The roll of ${time(v.timepoint)} may still change. Ask for a time that is over.`,
  BallotsMalformed: (v) => `The ballots break off or are none at byte ${text(v.offset)}.`,
  BallotsTooMany: (v) => `One call carries at most ${text(v.limit)} ballots or signatures. Split them.`,
  SeatsBound: (v) => `The seats are filled by the elections ${text(v.elections)} for good.`,
  SeatsNotElections: (v) => `${text(v.caller)} is not what fills these seats.`,
  SeatsTermInvalid: () => "Founders' seats must last longer than the time in which successors are elected.",
  SeatsHeld: (v) =>
    `Two founders are named for seat ${text(v.seat)} of constituency ${text(v.constituency)}.`,
  SeatsNotHolder: (v) =>
    `${text(v.key)} is not the key of who holds seat ${text(v.seat)} of constituency ${text(v.constituency)}.`,
  ElectionsRulesInvalid: () =>
    "These rules are out of bounds: nominations and ballots take 1 to 60 days each, a term 180 days to ten years, shares are more than nothing, and 1 to 256 voters support a candidate.",
  ElectionsSeatsInvalid: (v) =>
    `Constituency ${text(v.constituency)} cannot have ${text(v.seats)} seats: 64 at most, in one group at least.`,
  ElectionsRunning: (v) =>
    `Election ${text(v.election)} is still under way in constituency ${text(v.constituency)}. Count it first.`,
  ElectionsNotDue: (v) => `No seat of constituency ${text(v.constituency)} is due.`,
  ElectionsTooSoon: (v) =>
    `The last election of constituency ${text(v.constituency)} missed its quorum; the next can be opened from ${time(v.readyAt)} on.`,
  ElectionsVoters: (v) =>
    `The roll of constituency ${text(v.constituency)} has ${text(v.voters)} voters; an election takes 1 to 65535.`,
  ElectionsUnknown: (v) => `There is no election ${text(v.election)}.`,
  ElectionsTimeOver: (v) => `The time for this ended at ${time(v.until)} in election ${text(v.election)}.`,
  ElectionsTimeAhead: (v) => `This can be done after ${time(v.from)} in election ${text(v.election)}.`,
  ElectionsCounted: (v) => `Election ${text(v.election)} was counted before.`,
  ElectionsCandidateTwice: (v) =>
    `Delegate ${text(v.delegate)} stands in election ${text(v.election)} already.`,
  ElectionsCandidateSits: (v) =>
    `Delegate ${text(v.delegate)} holds a seat that is not up in this election. It must give that up first.`,
  ElectionsConsentMissing: (v) =>
    `Delegate ${text(v.delegate)} has not consented to stand in election ${text(v.election)}: its key must sign, with the nonce it has now.`,
  ElectionsSupportShort: (v) =>
    `${text(v.found)} good supports are not enough in election ${text(v.election)}: ${text(v.needed)} are needed.`,
  ElectionsSeatDue: (v) =>
    `Seat ${text(v.seat)} of constituency ${text(v.constituency)} is vacant or due already. Open an election.`,
  ElectionsRecallTooSoon: (v) =>
    `Seat ${text(v.seat)} of constituency ${text(v.constituency)} can be recalled from ${time(v.readyAt)} on.`,
  ChamberSetupInvalid: () =>
    "These settings are out of bounds: voting lasts 1 to 60 days, no delay is longer, a quorum is more than nothing, a petition needs a third at most.",
  ChamberVoterMissing: (v) => `${text(v.key)} is no key of voter ${text(v.voter)}.`,
  ChamberVoterBusy: (v) =>
    `Voter ${text(v.voter)} has a proposal that is still voted on (${text(v.proposalId)}). Wait until it has ended.`,
  ChamberVotesShort: (v) => `${text(v.votes)} votes are not enough for this: ${text(v.needed)} are needed.`,
  ChamberSignatoriesUnsorted: (v) =>
    `Signatories come in ascending order, each once; voter ${text(v.voter)} does not.`,
  ChamberSponsorOnly: (v) =>
    `${text(v.caller)} cannot propose this way. Propose as a voter, or with a petition.`,
  ChamberAdminOnly: (v) => `${text(v.caller)} cannot change a chamber's settings; an amendment can.`,
  ChamberCallBarred: (v) =>
    `A chamber cannot call ${text(v.selector)} of the charter: it acts by its own queue and keeps its rights.`,
  ChamberVerbClosed: () => "Chambers take packed ballots alone, and their proposals are not withdrawn.",
  AmendmentTermsInvalid: () => "An amendment's delay and its time for execution must be more than zero.",
  AmendmentEmpty: () => "An amendment needs a call or another text, and as many calls as contracts.",
  AmendmentPending: (v) => `The amendment ${text(v.amendment)} is proposed already.`,
  AmendmentUnknown: (v) => `There is no amendment ${text(v.amendment)}. Propose it first.`,
  AmendmentDecided: (v) => `The amendment ${text(v.amendment)} has passed; it only waits to be executed.`,
  AmendmentNotPassed: (v) =>
    `The amendment ${text(v.amendment)} lacks the Council's or the Assembly's word, or was executed before.`,
  AmendmentTooEarly: (v) => `The amendment ${text(v.amendment)} must wait until ${time(v.readyAt)}.`,
  AmendmentLapsed: (v) =>
    `The amendment ${text(v.amendment)} lapsed at ${time(v.until)}. It can be proposed anew.`,
  AmendmentAdminLost: () =>
    "The amendment would leave the charter without its one administrator, or with another.",
  AmendmentChamberLost: (v) =>
    `The amendment would take the ${role(v.role)}'s decision on amendments from its chamber.`,
  AmendmentVetoLost: (v) =>
    `The amendment would leave the Council no veto on the ${role(v.role)}: a delay of ${days(v.delay)} where more than ${days(v.needed)} are needed, or no guardian.`,
  CharterBound: (v) => `The charter knows its Board, ${text(v.board)}, for good.`,
  CharterZeroAddress: () => "A chamber's or its seats' address is missing.",
  GovernorNonexistentProposal: (v) => `There is no proposal ${text(v.proposalId)}.`,
  GovernorUnexpectedProposalState: (v) =>
    `The proposal ${text(v.proposalId)} is ${STATES[Number(v.current)] ?? "elsewhere"}; this needs another state.`,
  GovernorInvalidProposalLength: (v) =>
    `A proposal names as many contracts (${text(v.targets)}) as calls (${text(v.calldatas)}), one at least.`,
  GovernorRestrictedProposer: (v) =>
    `The description keeps this proposal for somebody other than ${text(v.proposer)}.`,
  GovernorInsufficientProposerVotes: (v) =>
    `${text(v.proposer)} has ${text(v.votes)} votes, ${text(v.threshold)} are needed to propose.`,
  GovernorProposalQueueingNotRequired: (v) =>
    `The proposal ${text(v.proposalId)} needs no queue. Execute it.`,
  GovernorUnmetDelay: (v) =>
    `The proposal ${text(v.proposalId)} can be executed from ${time(v.neededTimestamp)} on.`,
  AccessManagerUnauthorizedCall: (v) =>
    `${text(v.caller)} does not hold the role that ${text(v.selector)} of ${text(v.target)} asks for.`,
  AccessManagerNotReady: (v) => `The operation ${text(v.operationId)} still waits for its delay.`,
  AccessManagerExpired: (v) => `The operation ${text(v.operationId)} was not executed in time. Decide anew.`,
  AccessManagerNotScheduled: (v) => `The operation ${text(v.operationId)} is not scheduled, or was canceled.`,
  AccessManagerUnauthorizedCancel: (v) =>
    `${text(v.msgsender)} is no guardian of what ${text(v.caller)} scheduled.`,
  ERC5805FutureLookup: (v) => `Votes at ${time(v.timepoint)} are not known yet.`,
};
