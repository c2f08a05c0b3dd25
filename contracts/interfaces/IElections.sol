// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice How elections run. An election keeps the rules with which it was opened.
/// @param nominationTime how long candidates are nominated, in seconds
/// @param ballotTime how long ballots are taken after that, in seconds
/// @param term how long a seat is held, in seconds
/// @param minSupport how many voters must support a nomination, at most 256; in a small constituency a tenth of the
/// voters, rounded up, is enough
/// @param quorumBps share of the roll that must vote, in hundredths of a per cent
/// @param recallBps share of the roll that ends a seat's term by petition, in hundredths of a per cent
struct Rules {
    uint32 nominationTime;
    uint32 ballotTime;
    uint32 term;
    uint16 minSupport;
    uint16 quorumBps;
    uint16 recallBps;
}

/// @notice Voters who fill seats together; 0 are all voters of the electorate.
/// @param seats how many seats they fill, at most 64
/// @param groups in how many steps over a term the seats fall due
/// @param origin from when terms are reckoned, in seconds since 1970
/// @param running the election that is under way; zero where there is none
/// @param misses how often in a row the quorum was missed
/// @param missedAt when it was missed last
struct Constituency {
    uint8 seats;
    uint8 groups;
    uint40 origin;
    uint32 running;
    uint8 misses;
    uint40 missedAt;
}

/// @notice A constituency as it is set up.
struct SeatPlan {
    uint16 constituency;
    uint8 seats;
    uint8 groups;
}

/// @notice An election, frozen at its opening but for what is counted.
/// @param constituency whose seats are filled
/// @param openedAt the roll is that of the second before
/// @param nominateUntil last second for nominations
/// @param ballotUntil last second for ballots
/// @param support how many voters must support a nomination
/// @param electors how many may vote
/// @param candidates how many were nominated
/// @param counted whether it has ended
/// @param seats bit i tells whether the constituency's i-th seat is filled
/// @param quorum how many ballots it needs
/// @param ballots how many were cast
struct Election {
    uint16 constituency;
    uint40 openedAt;
    uint40 nominateUntil;
    uint40 ballotUntil;
    uint32 support;
    uint32 electors;
    uint16 candidates;
    bool counted;
    uint64 seats;
    uint32 quorum;
    uint32 ballots;
}

/// @notice A petition that ends a seat's term.
/// @param openedAt the roll is that of the second before
/// @param signatures how many signed
/// @param needed how many must
struct Recall {
    uint40 openedAt;
    uint32 signatures;
    uint32 needed;
}

/// @title IElections
/// @notice How voters fill and empty the seats of a body: one voter one vote, approval ballots, the candidates with
/// most approvals win. Of two with as many, the one nominated first.
/// @dev Voters and delegates are numbers; ballots, supports and petitions are packed and signed by a key of the voter, see `Ballots`, and anyone may post them. What is not valid, not on the
/// roll or not the first of its voter is left out; the log carries all bytes, and bits that tell which counted.
interface IElections {
    event RulesSet(Rules rules);
    event ConstituencySet(uint16 indexed constituency, uint8 seats, uint8 groups);
    event ElectionOpened(uint32 indexed election, uint16 indexed constituency, Election opened);
    event CandidateNominated(
        uint32 indexed election,
        uint16 indexed candidate,
        uint32 indexed delegate,
        bytes32 statement,
        uint256 counted,
        bytes supporters
    );
    event BallotsCast(uint32 indexed election, uint256 counted, bytes ballots);
    event ElectionCounted(uint32 indexed election, uint32 ballots, uint16[] ranked);
    event ElectionMissed(uint32 indexed election, uint32 ballots, uint32 quorum);
    event RecallSigned(
        uint16 indexed constituency,
        uint8 indexed seat,
        uint32 indexed delegate,
        uint256 counted,
        bytes signatures
    );

    error ElectionsRulesInvalid();
    error ElectionsSeatsInvalid(uint16 constituency, uint256 seats);
    error ElectionsRunning(uint16 constituency, uint32 election);
    error ElectionsNotDue(uint16 constituency);
    error ElectionsTooSoon(uint16 constituency, uint256 readyAt);
    error ElectionsVoters(uint16 constituency, uint256 voters);
    error ElectionsUnknown(uint32 election);
    error ElectionsTimeOver(uint32 election, uint256 until);
    error ElectionsTimeAhead(uint32 election, uint256 from);
    error ElectionsCounted(uint32 election);
    error ElectionsCandidateTwice(uint32 election, uint32 delegate);
    error ElectionsCandidateSits(uint32 delegate);
    error ElectionsConsentMissing(uint32 election, uint32 delegate);
    error ElectionsSupportShort(uint32 election, uint256 found, uint256 needed);
    error ElectionsSeatDue(uint16 constituency, uint8 seat);
    error ElectionsRecallTooSoon(uint16 constituency, uint8 seat, uint256 readyAt);

    /// @notice Opens an election for all seats of a constituency that are due. Anyone.
    /// @dev A seat is due once its term is over, or while it is vacant. After a missed quorum the next one waits
    /// thirty days and needs half as many ballots, down to an eighth.
    function open(uint16 constituency) external returns (uint32 election);

    /// @notice Nominates a delegate. Anyone, with the consent of the delegate's key and enough supports.
    /// @param statement hash of what the candidate says of itself
    /// @param supporters packed: voter (4 bytes), nonce (4), kind and signature of
    /// `Support(uint32 election,uint32 delegate,uint32 voter,uint32 nonce)`; each voter supports one candidate
    /// @param consent packed: nonce (4), kind and signature of
    /// `Candidacy(uint32 election,uint32 delegate,bytes32 statement,uint32 nonce)`
    /// @return candidate the candidate's place on the ballot
    function nominate(
        uint32 election,
        uint32 delegate,
        bytes32 statement,
        bytes calldata supporters,
        bytes calldata consent
    ) external returns (uint16 candidate);

    /// @notice Casts ballots, at most 256. Anyone.
    /// @param ballots packed: voter (4 bytes), nonce (4), how many candidates it approves of (1), each (2) in
    /// ascending order, kind and signature of
    /// `Ballot(uint32 election,uint32 voter,uint16[] candidates,uint32 nonce)`
    /// @return counted bit i tells whether the i-th ballot counts
    function cast(uint32 election, bytes calldata ballots) external returns (uint256 counted);

    /// @notice Ends an election whose time is over and seats who won. Anyone.
    /// @dev Where nobody is left for a seat it is vacant, and due. A missed quorum leaves every holder in its seat.
    function count(uint32 election) external;

    /// @notice Signs that a seat's term shall end now, at most 256 at a time. Anyone; not in its first ninety days.
    /// @dev The election that follows decides, and the holder may stand in it. Signatures are gathered for ninety days;
    /// after that the next one begins anew, on the roll as it is then, and those given before can be shown again.
    /// @param signatures packed: voter (4 bytes), nonce (4), kind and signature of
    /// `Recall(uint16 constituency,uint8 seat,uint32 delegate,uint40 since,uint32 voter,uint32 nonce)`
    /// @return counted bit i tells whether the i-th signature counts
    function recall(
        uint16 constituency,
        uint8 seat,
        bytes calldata signatures
    ) external returns (uint256 counted);

    /// @notice Sets the rules of elections to come. The charter's administrators.
    function setRules(Rules calldata rules) external;

    /// @notice Sets how many seats a constituency fills; seats beyond are vacated. The charter's administrators.
    function setConstituency(SeatPlan calldata plan) external;

    function rules() external view returns (Rules memory);

    function constituencyOf(uint16 constituency) external view returns (Constituency memory);

    /// @notice Which seats are due.
    function dueSeats(uint16 constituency) external view returns (uint64 seats);

    function electionOf(uint32 election) external view returns (Election memory);

    function candidateOf(
        uint32 election,
        uint16 candidate
    ) external view returns (uint32 delegate, uint256 approvals);

    function hasVoted(uint32 election, uint32 voter) external view returns (bool);

    function recallOf(uint16 constituency, uint8 seat) external view returns (Recall memory);

    function lastElection() external view returns (uint32);
}
